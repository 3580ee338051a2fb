"""Bulk jobs: what was asked for, how far it is, and what came of each person."""
