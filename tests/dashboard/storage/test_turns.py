"""Who wants to write waits for a turn in the process, and asks the file only once."""

import asyncio
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Connection, text

from dashboard.storage import engines, open_database
from tests.dashboard.blank import put_database


async def test_those_who_write_at_the_same_time_come_one_after_the_other_though_the_file_is_asked_but_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MS", 0)  # a second one who asks is refused at once
    database = open_database(put_database(tmp_path / "dashboard.sqlite"))
    one_at_a_time: list[str] = []

    def work(connection: Connection) -> int:
        one_at_a_time.append("begun")
        Event().wait(0.005)
        one_at_a_time.append("ended")
        return connection.execute(text("SELECT 1")).scalar_one()

    assert await asyncio.gather(*(database.write(work) for _ in range(5))) == [1] * 5
    assert one_at_a_time == ["begun", "ended"] * 5
    database.close()
