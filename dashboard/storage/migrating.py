"""Bring a database to the newest shape: on start, all or nothing, and one process at a time."""

import re
from pathlib import Path

from sqlalchemy import Connection, inspect, text

FOLDER = Path(__file__).parent / "migrations"
_REVISION = re.compile(r'^(down_revision|revision) = "(\w+)"', re.MULTILINE)


def migrate(connection: Connection) -> None:
    """Run what is missing. The caller holds the write lock, so that two that start together do it once.

    Alembic is loaded only when there is something to do: it would stay in memory for nothing.
    """
    if _current(connection) == newest():
        return
    from alembic import command  # noqa: PLC0415 - late on purpose
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def newest() -> str:
    """The revision that this version of the dashboard works with: the one that none other follows."""
    texts = [path.read_text("utf-8") for path in sorted((FOLDER / "versions").glob("r*.py"))]
    named = [dict(_REVISION.findall(one)) for one in texts]
    followed = {one.get("down_revision") for one in named}
    (last,) = {one["revision"] for one in named} - followed
    return last


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
