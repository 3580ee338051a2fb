"""One file per noun; each call is a signature, a route and one return."""
