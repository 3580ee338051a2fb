"""Services once for all, a fresh database for each test, and a plain word where they cannot be had."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from dashboard.storage import Database, open_database
from tests.browser.conftest import browser_type_launch_args
from tests.dashboard.clocks import SetClock
from tests.replicas import services
from tests.replicas.programs import missing

__all__ = ["browser_type_launch_args"]

_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Nothing here runs without the real programs: a double would prove nothing."""
    lacking = missing()
    here = Path(__file__).parent
    for item in items:
        if lacking and here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"not installed: {', '.join(lacking)}"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with services.postgres() as url:
        open_database(url).close()  # in its newest shape: the tests' databases are copies of it
        yield url


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """A database of the test's own, as a dashboard leaves it after its first start."""
    return _new_database(postgres, template="postgres")


@pytest.fixture
def empty_url(postgres: str) -> str:
    """A database in which nothing is yet."""
    return _new_database(postgres, template="template0")


@pytest.fixture(scope="session")
def new_database(postgres: str) -> Callable[[], str]:
    """Makes an empty database."""
    return lambda: _new_database(postgres, template="template0")


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    """What the tests of the stores ask for; here it is PostgreSQL."""
    opened = open_database(postgres_url)
    yield opened
    opened.close()


@pytest.fixture
def other(postgres_url: str, database: Database) -> Iterator[Database]:
    """The same database as another replica has it open."""
    opened = open_database(postgres_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


def _new_database(postgres: str, *, template: str) -> str:
    name = f"test_{next(_numbers)}"
    url = make_url(postgres).set(drivername="postgresql+psycopg")
    engine = create_engine(url.set(database="template1"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return make_url(postgres).set(database=name).render_as_string(hide_password=False)
