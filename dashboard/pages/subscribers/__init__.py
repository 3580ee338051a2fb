"""The list of subscribers: find, page, export."""
