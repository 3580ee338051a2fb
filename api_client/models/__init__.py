"""What travels, as frozen types."""
