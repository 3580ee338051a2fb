"""Operators who sign in elsewhere, and what administrators decide for everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("operators", sa.Column("identity", sa.String(800)))
    op.create_index("operators_by_identity", "operators", ["identity"], unique=True)
    op.create_table(
        "policies",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("value", sa.String(60), nullable=False),
    )
