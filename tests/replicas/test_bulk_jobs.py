"""Bulk jobs on PostgreSQL: the very same tests as on SQLite; a restart is a takeover here."""

from tests.dashboard.actions.conftest import api, ctx, embedded, faults, operator, read_only, viewer, wire
from tests.dashboard.actions.test_bulk import *  # noqa: F403 - the tests are the point

__all__ = ["api", "ctx", "embedded", "faults", "operator", "read_only", "viewer", "wire"]

del test_after_a_crash_the_rest_is_done_and_nothing_twice  # noqa: F821 - see test_takeover
