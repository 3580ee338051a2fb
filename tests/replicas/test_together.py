"""Two replicas on one PostgreSQL at the same time: nothing is lost, counted short, or done twice."""

import asyncio
import os
import subprocess
import sys
from collections import Counter

import pytest
from sqlalchemy import inspect, select, text

from dashboard.audit import AuditLog, Event, Outcome, Seal, all_lines, verify
from dashboard.auth import LinkRefused, Operators, Passwords, Role, Sessions, SignInLinks, Throttle
from dashboard.auth.one_time_codes import new_key
from dashboard.auth.operators import LastAdmin
from dashboard.auth.second_factors import SecondFactors, WrongCode
from dashboard.jobs import Jobs, Kind, Plan, Target
from dashboard.storage import Database
from dashboard.storage.engines import open_engine
from dashboard.storage.tables import METADATA, TRIES
from tests.browser.servers import ROOT
from tests.dashboard.authenticator import code_of
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import QUICK

SEAL = Seal("a secret that both replicas were given")
OPEN = "import sys; from dashboard.storage import open_database; open_database(sys.argv[1]).close()"


@pytest.fixture
def both(database: Database, other: Database) -> tuple[Database, Database]:
    return database, other


def line(number: int) -> Event:
    return Event(
        name="credentials.replaced",
        outcome=Outcome.DONE,
        action_id=f"a-{number}",
        actor="ada",
        role="operator",
        session_id="s",
        after={"deviceTokens": ["fGx1kq:APA91bHPRgkF7f3e"], "when": None},
    )


async def test_the_chain_is_one_however_many_write_it(
    both: tuple[Database, Database], clock: SetClock
) -> None:
    logs = [AuditLog(one, clock, environment=lambda: "Production", seal=SEAL) for one in both]
    await asyncio.gather(*[log.append(line(number)) for number in range(60) for log in logs])
    verdict = await both[1].read(lambda connection: verify(all_lines(connection), SEAL))
    assert (verdict.lines, verdict.problems) == (120, ())


async def test_a_link_opens_once_at_whichever_replica(
    both: tuple[Database, Database], clock: SetClock
) -> None:
    links = [SignInLinks(one, Sessions(one, clock), clock) for one in both]
    token = await links[0].issue()
    tries = [links[number % 2].redeem(token) for number in range(8)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert Counter(type(answer) for answer in answers) == {str: 1, LinkRefused: 7}


async def test_wrong_tries_at_two_replicas_are_all_counted(
    both: tuple[Database, Database], clock: SetClock
) -> None:
    throttles = [Throttle(one, clock) for one in both]
    tries = [throttles[number % 2].try_now("ada", "10.0.0.1") for number in range(12)]
    assert (await asyncio.gather(*tries)).count(0) == 5
    counts = await both[0].read(
        lambda connection: connection.execute(select(TRIES.c.failures)).scalars().all()
    )
    assert list(counts) == [5, 5, 5]


async def test_a_code_counts_once_whichever_replica_it_is_typed_at(
    both: tuple[Database, Database], clock: SetClock
) -> None:
    here, there = (SecondFactors(one, Sessions(one, clock), clock, "shared by both") for one in both)
    key = new_key()
    codes = await here.turn_on("ada", key, code_of(key, clock.now()), instead_of="")
    clock.forward(minutes=1)
    for code in (code_of(key, clock.now()), codes[0]):
        tries = (one.use("ada", "10.0.0.1", code) for one in (here, there))
        answers = await asyncio.gather(*tries, return_exceptions=True)
        assert [type(answer) for answer in answers].count(WrongCode) == 1


async def test_two_administrators_cannot_lock_each_other_out(
    both: tuple[Database, Database], clock: SetClock
) -> None:
    stores = [Operators(one, Sessions(one, clock), Passwords(QUICK), clock) for one in both]
    for name in ("ada", "bob"):
        await stores[0].add(name, Role.ADMIN, "a long enough passphrase")
    locks = [stores[0].lock("bob"), stores[1].lock("ada")]
    answers = await asyncio.gather(*locks, return_exceptions=True)
    assert Counter(type(answer) for answer in answers) == {type(None): 1, LastAdmin: 1}


async def test_a_session_that_ends_at_one_is_over_at_the_other(
    both: tuple[Database, Database], clock: SetClock
) -> None:
    here, there = (Sessions(one, clock) for one in both)
    session = await there.find(await here.create("ada", Role.OPERATOR))
    assert session
    await here.end(session.id)
    assert await there.alive_among([session.id]) == {}


async def test_each_person_of_a_job_is_taken_once(both: tuple[Database, Database], clock: SetClock) -> None:
    here, there = (Jobs(one, clock, fingerprint="test") for one in both)
    people = [Target(f"user-{number}", "somebody") for number in range(40)]
    job_id = await here.add(Plan(Kind.DELETE, people, "all", "ada"))
    begun = await asyncio.gather(here.begin(job_id), there.begin(job_id))
    assert sorted(begun) == [False, True]
    runs, waits = (here, there) if begun[0] else (there, here)
    taken = await asyncio.gather(*[jobs.take(job_id) for _ in range(45) for jobs in (runs, waits)])
    assert sorted(row.number for row in taken[::2] if row) == list(range(40))
    assert set(taken[1::2]) == {None}, "who does not run it takes nobody"


def test_two_that_start_together_on_an_empty_database_make_it_once(empty_url: str) -> None:
    command = [sys.executable, "-c", OPEN, empty_url]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    starts = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) for _ in range(3)]
    said = [start.communicate(timeout=60)[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], said
    engine = open_engine(empty_url)
    with engine.connect() as connection:
        assert set(METADATA.tables) <= set(inspect(connection).get_table_names())
        assert len(connection.execute(text("SELECT version_num FROM alembic_version")).all()) == 1
    engine.dispose()


async def test_a_database_that_was_started_again_is_no_failure(database: Database, other: Database) -> None:
    """Every connection of the pool is cut, as a restart or a failover cuts it."""
    await database.read(lambda connection: connection.execute(text("SELECT 1")).scalar())
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
    await other.write(lambda connection: connection.execute(text(cut)).all())
    assert await database.read(lambda connection: connection.execute(text("SELECT 1")).scalar()) == 1
