"""A small Novu for demonstrations, development and tests."""
