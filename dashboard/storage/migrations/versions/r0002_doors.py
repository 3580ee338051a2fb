"""Operator accounts, counted wrong sign-ins, the lock on production; the audit log gets address and chain."""

import sqlalchemy as sa
from alembic import op

from dashboard.storage.tables import UtcMoment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("audit_events", sa.Column("address", sa.String(100), nullable=False, server_default=""))
    op.add_column("audit_events", sa.Column("hash", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "operators",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("is_locked", sa.Boolean, nullable=False),
        sa.Column("created_at", UtcMoment, nullable=False),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("waits_until", UtcMoment, nullable=False),
        sa.Column("last_at", UtcMoment, nullable=False),
    )
    op.create_table(
        "unlocks",
        sa.Column("environment", sa.String(64), primary_key=True),
        sa.Column("until", UtcMoment, nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
    )
