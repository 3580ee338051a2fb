"""What pages are made of: parts that draw and report, and never call the API to change anything."""
