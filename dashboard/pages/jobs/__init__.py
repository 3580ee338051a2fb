"""Bulk jobs: what was asked for, how far it is, and the result of each person."""
