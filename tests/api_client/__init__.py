"""The client on its own: rules, pipeline, paging, models."""
