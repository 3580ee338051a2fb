"""A running job belongs to a replica, which renews its lease, and to the session that began it."""

import sqlalchemy as sa
from alembic import op

from dashboard.storage.tables import UtcMoment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("jobs", sa.Column("owner", sa.String(32), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("lease_until", UtcMoment))
    op.add_column("jobs", sa.Column("session_id", sa.String(64), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("address", sa.String(100), nullable=False, server_default=""))
