"""Our client for Novu's subscriber API."""
