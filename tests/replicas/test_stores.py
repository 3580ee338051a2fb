"""What holds for the stores on SQLite holds on PostgreSQL: the very same tests over the other database."""

from tests.dashboard.actions.conftest import api, ctx, embedded, faults, operator, read_only, viewer, wire
from tests.dashboard.actions.test_production_lock import *  # noqa: F403 - the tests are the point
from tests.dashboard.actions.test_takeover import *  # noqa: F403
from tests.dashboard.audit.test_chain import *  # noqa: F403
from tests.dashboard.audit.test_log import *  # noqa: F403
from tests.dashboard.auth.test_operators import *  # noqa: F403
from tests.dashboard.auth.test_second_factors import *  # noqa: F403
from tests.dashboard.auth.test_sessions import *  # noqa: F403
from tests.dashboard.test_desk import *  # noqa: F403

__all__ = ["api", "ctx", "embedded", "faults", "operator", "read_only", "viewer", "wire"]

del test_the_database_file_is_for_the_owner_only  # noqa: F821 - there is no file here
