"""What the dashboard tells of itself to those who run it: figures, health, a log with request ids."""
