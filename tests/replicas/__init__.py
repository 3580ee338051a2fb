"""The dashboard past one process: real PostgreSQL, Redis and nginx, two replicas, one of them killed."""
