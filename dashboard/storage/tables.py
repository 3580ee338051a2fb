"""The tables of the dashboard's own data. A change here needs a migration in `migrations/versions`."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

from dashboard.storage.texts import storable

METADATA = MetaData()
LONGEST_ID = 1000  # of a person in a job; PostgreSQL counts, SQLite does not


class UtcMoment(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite forgets the zone, PostgreSQL tells its own. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """What people or servers wrote, for people to read: it is kept without what no database takes."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else storable(value)


SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(64), primary_key=True),  # SHA-256 of the token; the token itself is kept nowhere
    Column("actor", String(200), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("began_at", UtcMoment, nullable=False),
    Column("seen_at", UtcMoment, nullable=False),
    Column("ended_at", UtcMoment),
)

LINKS = Table(
    "sign_in_links",
    METADATA,
    Column("id", String(64), primary_key=True),  # SHA-256 of the token
    Column("expires_at", UtcMoment, nullable=False),
    Column("used_at", UtcMoment),
)

AUDIT = Table(
    "audit_events",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcMoment, nullable=False),
    Column("action_id", String(36), nullable=False, index=True),
    Column("outcome", String(20), nullable=False),
    Column("name", String(80), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("session_id", String(64), nullable=False),
    Column("environment", String(200), nullable=False),
    Column("subject", String(500), nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("detail", String(2000), nullable=False),
    Column("request_id", String(200), nullable=False),
    Column("address", String(100), nullable=False, server_default=""),
    Column("hash", String(64), nullable=False, server_default=""),  # empty: written before there was a chain
    Index("audit_by_subject", "subject", "seq"),
    Index("audit_by_actor", "actor", "seq"),
    sqlite_autoincrement=True,  # a number is never given twice
)

KEPT = Table(
    "kept",  # small things of one operator: how the list looks, who was opened last
    METADATA,
    Column("actor", String(200), primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("value", JSON, nullable=False),
)

VIEWS = Table(
    "saved_views",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("environment", String(64), nullable=False, index=True),
    Column("actor", String(200), nullable=False),
    Column("name", Words(80), nullable=False),
    Column("query", String(4000), nullable=False),
    Column("is_shared", Boolean, nullable=False),
)

JOBS = Table(
    "jobs",  # one bulk change of many people
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("environment", String(64), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("value", Words(200), nullable=False),
    Column("subject", Words(500), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Words(500), nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("owner", String(32), nullable=False, server_default=""),  # the process that runs it
    Column("lease_until", UtcMoment),  # without renewal that process is taken for gone
    Column("session_id", String(64), nullable=False, server_default=""),  # in whose name it runs
    Column("address", String(100), nullable=False, server_default=""),
)

JOB_ROWS = Table(
    "job_rows",  # what a job is to do and what came of it, person by person
    METADATA,
    Column("job_id", String(32), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("subscriber_id", String(LONGEST_ID), nullable=False),
    Column("name", Words(300), nullable=False),
    Column("state", String(20), nullable=False),
    Column("note", Words(500), nullable=False),
    Column("tries", Integer, nullable=False),
    Index("job_rows_by_state", "job_id", "state", "number"),
)

IMPORT_CHUNKS = Table(
    "import_chunks",  # one bulk call of an import: its number is a part of its idempotency key
    METADATA,
    Column("job_id", String(32), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("is_taken", Boolean, nullable=False),
    Column("is_over", Boolean, nullable=False),
    Column("faults", Integer, nullable=False),  # how often it came to nothing in the server
)

IMPORT_ROWS = Table(
    "import_rows",  # what stands behind an import's job rows; JSON as text: a body is sent the same twice
    METADATA,
    Column("job_id", String(32), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("chunk", Integer, nullable=False),  # 0: in none
    Column("line", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", Text, nullable=False),  # emptied once it is stored
    Column("reach", Text, nullable=False),  # credentials; emptied once they are stored
    Column("before", Text, nullable=False),
    Index("import_rows_by_chunk", "job_id", "chunk", "number"),
)

OPERATORS = Table(
    "operators",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("is_locked", Boolean, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("identity", String(800)),  # issuer and subject, for whoever signs in elsewhere
    Index("operators_by_identity", "identity", unique=True),
)

SECOND_FACTORS = Table(
    "second_factors",
    METADATA,
    Column("operator", String(200), primary_key=True),
    Column("sealed_key", String(400), nullable=False),  # under a key that the database does not hold
    Column("last_step", Integer, nullable=False),  # of the code that was taken last: none is taken twice
    Column("recovery_codes", JSON, nullable=False),  # SHA-256 of those that are left
    Column("since", UtcMoment, nullable=False),
)

POLICIES = Table(
    "policies",  # what administrators decide for everybody
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("value", String(60), nullable=False),
)

TRIES = Table(
    "sign_in_tries",  # wrong ones, counted by name, address and both
    METADATA,
    Column("key", String(64), primary_key=True),  # hashed: what people mistype as a name may be a password
    Column("failures", Integer, nullable=False),
    Column("waits_until", UtcMoment, nullable=False),
    Column("last_at", UtcMoment, nullable=False),
)

UNLOCKS = Table(
    "unlocks",  # until when production may be changed
    METADATA,
    Column("environment", String(64), primary_key=True),
    Column("until", UtcMoment, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("reason", Words(500), nullable=False),
)
