"""Imports on PostgreSQL: the very same tests as on SQLite; a restart is a takeover here."""

from tests.dashboard.actions.conftest import (
    api,
    ctx,
    embedded,
    faults,
    operator,
    read_only,
    small,
    viewer,
    wire,
)
from tests.dashboard.actions.test_import_run import *  # noqa: F403 - the tests are the point

__all__ = ["api", "ctx", "embedded", "faults", "operator", "read_only", "small", "viewer", "wire"]

del test_a_crash_sends_what_was_in_flight_again_as_it_was  # noqa: F821 - see test_takeover
del test_cancelling_during_a_wait_takes_less_than_a_second_and_sends_no_more  # noqa: F821 - counts faked naps
