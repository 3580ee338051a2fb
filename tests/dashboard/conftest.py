"""The dashboard's own database in a folder that goes away, and a clock that a test sets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.storage import Database, open_database
from tests.dashboard.blank import put_database
from tests.dashboard.clocks import SetClock


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(put_database(tmp_path / "own" / "dashboard.sqlite"))
    yield opened
    opened.close()
