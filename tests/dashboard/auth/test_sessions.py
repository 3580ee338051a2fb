"""A session opens with its token only, and ends on time, on request and everywhere."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.auth import LinkRefused, Role, Sessions, SignInLinks, kept_secret
from dashboard.auth.tokens import token_id
from dashboard.storage import Database
from dashboard.storage.tables import LINKS, SESSIONS
from tests.dashboard.clocks import SetClock


@pytest.fixture
def sessions(database: Database, clock: SetClock) -> Sessions:
    return Sessions(database, clock)


@pytest.fixture
def links(database: Database, sessions: Sessions, clock: SetClock) -> SignInLinks:
    return SignInLinks(database, sessions, clock)


async def test_a_new_session_is_found_by_its_token(sessions: Sessions) -> None:
    token = await sessions.create("ada", Role.OPERATOR)
    found = await sessions.find(token)
    assert found is not None
    assert (found.actor, found.role) == ("ada", Role.OPERATOR)
    assert await sessions.find(token + "x") is None


async def test_the_id_of_a_session_does_not_open_it(sessions: Sessions) -> None:
    token = await sessions.create("ada", Role.OPERATOR)
    found = await sessions.find(token)
    assert found is not None
    assert await sessions.find(found.id) is None
    assert await sessions.alive(found.id) == found


async def test_no_token_is_in_the_database(
    sessions: Sessions, links: SignInLinks, database: Database
) -> None:
    tokens = {await sessions.create("ada", Role.VIEWER), await links.issue()}
    stored = await database.read(
        lambda connection: [
            *connection.execute(select(SESSIONS)).all(),
            *connection.execute(select(LINKS)).all(),
        ]
    )
    assert len(stored) == 2
    assert not any(token in str(stored) for token in tokens)


async def test_thirty_idle_minutes_end_it(sessions: Sessions, clock: SetClock) -> None:
    token = await sessions.create("ada", Role.OPERATOR)
    clock.forward(minutes=29)
    assert await sessions.find(token)
    clock.forward(minutes=29)
    assert await sessions.find(token)
    clock.forward(minutes=30)
    assert await sessions.find(token) is None


async def test_twelve_hours_end_it_however_busy(sessions: Sessions, clock: SetClock) -> None:
    token = await sessions.create("ada", Role.OPERATOR)
    for _ in range(35):
        clock.forward(minutes=20)
        assert await sessions.find(token)
    clock.forward(minutes=20)
    assert await sessions.find(token) is None


async def test_a_page_that_refreshes_itself_does_not_stay_signed_in(
    sessions: Sessions, clock: SetClock
) -> None:
    session_id = token_id(await sessions.create("ada", Role.OPERATOR))
    clock.forward(minutes=20)
    assert await sessions.alive(session_id, counts_as_use=False)
    clock.forward(minutes=20)
    assert await sessions.alive(session_id, counts_as_use=False) is None


async def test_signing_out_ends_only_that_session(sessions: Sessions) -> None:
    here, there = [await sessions.create("ada", Role.OPERATOR) for _ in range(2)]
    await sessions.end(token_id(here))
    assert await sessions.find(here) is None
    assert await sessions.find(there)


async def test_locking_a_person_ends_all_their_sessions(sessions: Sessions) -> None:
    ada = [await sessions.create("ada", Role.OPERATOR) for _ in range(2)]
    bob = await sessions.create("bob", Role.OPERATOR)
    await sessions.end_all_of("ada")
    assert [await sessions.find(token) for token in ada] == [None, None]
    assert await sessions.find(bob)


async def test_old_sessions_are_forgotten_and_live_ones_stay(sessions: Sessions, clock: SetClock) -> None:
    await sessions.create("ada", Role.OPERATOR)
    clock.forward(days=8)
    fresh = await sessions.create("ada", Role.OPERATOR)
    assert await sessions.expire() == 1
    assert await sessions.find(fresh)


async def test_a_link_opens_once(links: SignInLinks, sessions: Sessions) -> None:
    link = await links.issue()
    session = await sessions.find(await links.redeem(link))
    assert session is not None
    assert (session.actor, session.role) == ("local", Role.ADMIN)
    with pytest.raises(LinkRefused):
        await links.redeem(link)


async def test_two_browsers_with_one_link_get_one_session(links: SignInLinks) -> None:
    link = await links.issue()
    ends = await asyncio.gather(*(links.redeem(link) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(end, str) for end in ends) == 1


async def test_a_link_is_over_after_ten_minutes(links: SignInLinks, clock: SetClock) -> None:
    link = await links.issue()
    clock.forward(minutes=10)
    with pytest.raises(LinkRefused):
        await links.redeem(link)


@pytest.mark.parametrize("invented", ["", "x" * 43, "\ud800", "' OR 1=1 --"])
async def test_an_invented_link_is_refused(invented: str, links: SignInLinks) -> None:
    await links.issue()
    with pytest.raises(LinkRefused):
        await links.redeem(invented)


def test_the_cookie_secret_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = kept_secret(folder)
    assert len(first) >= 32
    assert kept_secret(folder) == first
    assert [(path.name, path.stat().st_mode & 0o777) for path in folder.iterdir()] == [
        ("session-secret", 0o600)
    ]


async def test_the_database_file_is_for_the_owner_only(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    assert (folder / "dashboard.sqlite").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
