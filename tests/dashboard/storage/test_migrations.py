"""Old databases become new ones with everything in them, whoever starts first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from dashboard.audit import Seal, all_lines, verify
from dashboard.storage import Database, open_database
from dashboard.storage.engines import open_engine
from dashboard.storage.migrating import FOLDER, newest
from dashboard.storage.tables import METADATA

ROOT = Path(__file__).parents[3]
OPEN = "import sys; from dashboard.storage import open_database; open_database(sys.argv[1]).close()"
OLDER = ("0001", "0002", "0004")
A_SESSION = (
    "INSERT INTO sessions (id, actor, role, began_at, seen_at) "
    "VALUES ('s-1', 'ada', 'admin', '2026-11-25 10:00:00', '2026-11-25 10:00:00')"
)
A_LINE = (
    "INSERT INTO audit_events (at, action_id, outcome, name, actor, role, session_id, environment, subject, "
    "detail, request_id) VALUES ('2026-11-25 10:00:00', 'a-1', 'done', 'subscriber.deleted', 'ada', 'admin', "
    "'s-1', 'Production', 'user-1', '', '')"
)


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["connection"] = connection
    return made


def make(url: str, revision: str, *, stamped: bool = True) -> None:
    """A database as the version of the dashboard with this revision left it, with a session and a line."""
    engine = open_engine(url)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        command.upgrade(config(connection), revision)
        connection.execute(text(A_SESSION))
        connection.execute(text(A_LINE))
        if not stamped:
            connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()


def shape(database: Database) -> dict[str, set[str]]:
    with database._engine.connect() as connection:
        inspector = inspect(connection)
        return {
            table: {column["name"] for column in inspector.get_columns(table)} for table in METADATA.tables
        }


@pytest.mark.parametrize("revision", OLDER)
async def test_an_older_database_gets_the_newest_shape_and_keeps_what_is_in_it(
    revision: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    make(url, revision, stamped=revision != "0001")
    database, fresh = open_database(url), open_database(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    assert shape(database) == shape(fresh)
    lines = await database.read(lambda connection: list(all_lines(connection)))
    assert [(line["actor"], line["subject"]) for line in lines] == [("ada", "user-1")]
    assert verify(lines, Seal("whatever")).is_whole, "a line from before there was a chain breaks none"
    with pytest.raises(Exception, match="append-only"):
        await database.write(lambda c: c.execute(text("UPDATE audit_events SET actor = 'eve'")))
    database.close()
    fresh.close()


def test_the_tables_are_what_the_migrations_make(tmp_path: Path) -> None:
    fresh = open_database(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    declared = {name: {column.name for column in table.columns} for name, table in METADATA.tables.items()}
    assert shape(fresh) == declared
    fresh.close()


def test_there_is_one_newest_revision_and_we_find_it_without_alembic() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [newest()]


def test_a_database_in_its_newest_shape_is_opened_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'own.sqlite'}"
    open_database(url).close()
    code = f"{OPEN}; print('alembic' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code, url], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"


def test_two_that_start_together_on_an_old_file_bring_it_up_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    make(url, "0001")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    starts = [
        subprocess.Popen([sys.executable, "-c", OPEN, url], env=environment, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [start.communicate(timeout=60)[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0], said
    database = open_database(url)
    assert shape(database)["jobs"] >= {"owner", "lease_until"}
    database.close()
