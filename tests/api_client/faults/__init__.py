"""Everything that can go wrong between the client and a server, on real sockets."""
