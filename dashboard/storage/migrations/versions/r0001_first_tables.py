"""Sessions, one-time links, the audit log, what operators keep, saved views and bulk jobs.

Databases from before there were migrations hold these tables already; they stay as they are.
"""

import sqlalchemy as sa
from alembic import op

from dashboard.storage.tables import UtcMoment

revision = "0001"
down_revision = None

ON_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS audit_no_{name} BEFORE {verb} ON audit_events "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
)
REFUSAL_ON_POSTGRES = (
    "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE 'the audit log is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
ON_POSTGRES = (
    "CREATE TRIGGER audit_no_{name} BEFORE {verb} ON audit_events "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
)


def upgrade() -> None:
    _sessions_and_links()
    _audit()
    _kept_and_views()
    _jobs()


def _sessions_and_links() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("began_at", UtcMoment, nullable=False),
        sa.Column("seen_at", UtcMoment, nullable=False),
        sa.Column("ended_at", UtcMoment),
        if_not_exists=True,
    )
    op.create_index("ix_sessions_actor", "sessions", ["actor"], if_not_exists=True)
    op.create_table(
        "sign_in_links",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("expires_at", UtcMoment, nullable=False),
        sa.Column("used_at", UtcMoment),
        if_not_exists=True,
    )


def _audit() -> None:
    op.create_table(
        "audit_events",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", UtcMoment, nullable=False),
        sa.Column("action_id", sa.String(36), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("environment", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True)),
        sa.Column("after", sa.JSON(none_as_null=True)),
        sa.Column("detail", sa.String(2000), nullable=False),
        sa.Column("request_id", sa.String(200), nullable=False),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
    op.create_index("ix_audit_events_action_id", "audit_events", ["action_id"], if_not_exists=True)
    op.create_index("audit_by_subject", "audit_events", ["subject", "seq"], if_not_exists=True)
    op.create_index("audit_by_actor", "audit_events", ["actor", "seq"], if_not_exists=True)
    _make_append_only()


def _make_append_only() -> None:
    """The database itself refuses; on PostgreSQL the log cannot be emptied at once either."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(REFUSAL_ON_POSTGRES)
        for verb in ("UPDATE", "DELETE", "TRUNCATE"):
            op.execute(ON_POSTGRES.format(name=verb.lower(), verb=verb))
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(ON_SQLITE.format(name=verb.lower(), verb=verb))


def _kept_and_views() -> None:
    op.create_table(
        "kept",
        sa.Column("actor", sa.String(200), primary_key=True),
        sa.Column("name", sa.String(120), primary_key=True),
        sa.Column("value", sa.JSON, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("environment", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("query", sa.String(4000), nullable=False),
        sa.Column("is_shared", sa.Boolean, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_saved_views_environment", "saved_views", ["environment"], if_not_exists=True)


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("environment", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("created_at", UtcMoment, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_jobs_environment", "jobs", ["environment"], if_not_exists=True)
    op.create_table(
        "job_rows",
        sa.Column("job_id", sa.String(32), sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("subscriber_id", sa.String(1000), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        if_not_exists=True,
    )
    op.create_index("job_rows_by_state", "job_rows", ["job_id", "state", "number"], if_not_exists=True)
