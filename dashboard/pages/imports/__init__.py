"""Bring people in from a file, step by step."""
