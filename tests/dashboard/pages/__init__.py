"""Pages as a person sees them, without a browser."""
