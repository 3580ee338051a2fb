"""The dashboard's own database and a clock that a test sets, as in the other tests of the dashboard."""

from tests.dashboard.conftest import clock, database

__all__ = ["clock", "database"]
