"""The API's data as frozen types."""
