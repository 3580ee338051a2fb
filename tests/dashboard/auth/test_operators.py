"""Accounts: who gets in, who is thrown out, and how long wrong tries have to wait."""

import asyncio
from typing import Literal

import pytest
from argon2 import PasswordHasher

from dashboard.auth import Operators, Passwords, Role, Sessions, Throttle
from dashboard.auth.operators import BadName, LastAdmin, NameTaken, NoSuchOperator
from dashboard.auth.passwords import TooBusy, WeakPassword
from dashboard.auth.throttle import wait_s
from dashboard.storage import Database
from tests.dashboard.clocks import SetClock

GOOD = "a sentence that nobody guesses"


class CountingHasher(PasswordHasher):
    checks = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's name
        self.checks += 1
        return super().verify(hash, password)


@pytest.fixture
def sessions(database: Database, clock: SetClock) -> Sessions:
    return Sessions(database, clock)


@pytest.fixture
def operators(database: Database, sessions: Sessions, clock: SetClock) -> Operators:
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return Operators(database, sessions, quick, clock)


async def test_the_right_password_opens_and_a_wrong_one_does_not(operators: Operators) -> None:
    await operators.add("ada", Role.OPERATOR, GOOD)
    found = await operators.check("ada", GOOD)
    assert found is not None
    assert found.role is Role.OPERATOR
    assert await operators.check("ada", GOOD + "x") is None
    assert await operators.check("nobody", GOOD) is None


async def test_the_password_is_nowhere_in_the_database(operators: Operators, database: Database) -> None:
    await operators.add("ada", Role.ADMIN, GOOD)
    dump = await database.read(
        lambda connection: str(connection.exec_driver_sql("SELECT * FROM operators").all())
    )
    assert GOOD not in dump
    assert "$argon2id$" in dump


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "a" * 300,
        "password1234",
        "aaaaaaaaaaaaaaa",
        "ada lovelace ada",
        "Passw0rd2026",
        "qwertyuiop[]",
    ],
)
async def test_a_weak_password_is_refused(operators: Operators, password: str) -> None:
    with pytest.raises(WeakPassword):
        await operators.add(
            "ada lovelace"[:3] if "lovelace" not in password else "lovelace", Role.ADMIN, password
        )


@pytest.mark.parametrize("name", ["", "a", ".ada", "ada lovelace", "a\nb", "x" * 61, "<script>"])
async def test_a_name_that_would_not_fit_is_refused(operators: Operators, name: str) -> None:
    with pytest.raises(BadName):
        await operators.add(name, Role.ADMIN, GOOD)


async def test_a_name_is_given_once(operators: Operators) -> None:
    await operators.add("ada", Role.ADMIN, GOOD)
    with pytest.raises(NameTaken):
        await operators.add("ada", Role.ADMIN, GOOD)


@pytest.mark.parametrize("change", ["lock", "role", "password"])
async def test_who_loses_a_right_is_out_everywhere_at_once(
    operators: Operators, sessions: Sessions, change: str
) -> None:
    await operators.add("boss", Role.ADMIN, GOOD)
    await operators.add("ada", Role.OPERATOR, GOOD)
    token = await sessions.create("ada", Role.OPERATOR)
    if change == "lock":
        await operators.lock("ada")
    elif change == "role":
        await operators.set_role("ada", Role.VIEWER)
    else:
        await operators.set_password("ada", GOOD + " any more")
    assert await sessions.find(token) is None
    assert (await operators.check("ada", GOOD) is None) is (change != "role")


async def test_the_last_administrator_stays_one(operators: Operators) -> None:
    await operators.add("ada", Role.ADMIN, GOOD)
    await operators.add("bob", Role.VIEWER, GOOD)
    with pytest.raises(LastAdmin):
        await operators.lock("ada")
    with pytest.raises(LastAdmin):
        await operators.set_role("ada", Role.VIEWER)
    await operators.lock("bob")
    with pytest.raises(NoSuchOperator):
        await operators.lock("nobody")
    assert await operators.check("ada", GOOD) is not None


async def test_the_sixth_wrong_try_waits_and_longer_each_time(database: Database, clock: SetClock) -> None:
    throttle = Throttle(database, clock)
    for _ in range(5):
        assert await throttle.try_now("ada", "10.0.0.1") == 0
    assert await throttle.try_now("ada", "10.0.0.1") == 1
    clock.forward(seconds=2)
    assert await throttle.try_now("ada", "10.0.0.1") == 0
    assert await throttle.try_now("ada", "10.0.0.1") == 2
    assert [wait_s(number, 5) for number in (4, 5, 8, 40)] == [0, 1, 8, 900]
    clock.forward(seconds=3)
    assert await throttle.try_now("ada", "10.0.0.1") == 0


async def test_tries_that_come_all_at_once_are_no_more_than_one_by_one(
    database: Database, clock: SetClock
) -> None:
    throttle = Throttle(database, clock)
    waits = await asyncio.gather(*[throttle.try_now("ada", "10.0.0.1") for _ in range(60)])
    assert waits.count(0) == 5


async def test_right_passwords_of_many_behind_one_address_do_not_add_up(
    database: Database, clock: SetClock
) -> None:
    throttle = Throttle(database, clock)
    for number in range(60):
        assert await throttle.try_now(f"operator-{number}", "10.0.0.1") == 0
        await throttle.succeeded(f"operator-{number}", "10.0.0.1")


async def test_nobody_is_locked_out_by_tries_from_elsewhere(database: Database, clock: SetClock) -> None:
    throttle = Throttle(database, clock)
    for _ in range(5):
        await throttle.try_now("ada", "10.0.0.1")
    assert await throttle.try_now("ada", "10.0.0.2") == 0
    await throttle.succeeded("ada", "10.0.0.1")
    assert await throttle.try_now("ada", "10.0.0.1") == 0


async def test_a_lock_while_the_password_is_checked_lets_nobody_in(operators: Operators) -> None:
    await operators.add("ada", Role.ADMIN, GOOD)
    await operators.add("bob", Role.OPERATOR, GOOD)
    seen = await operators.check("bob", GOOD)
    assert seen is not None
    assert await operators.is_unchanged(seen)
    for change in (operators.lock("bob"), operators.set_password("bob", f"{GOOD}, another")):
        await change
        assert not await operators.is_unchanged(seen)
        await operators.unlock("bob")


async def test_the_names_of_the_log_itself_are_nobodys(operators: Operators) -> None:
    with pytest.raises(BadName):
        await operators.add("local", Role.ADMIN, GOOD)


async def test_whoever_the_provider_lets_in_no_more_is_out_at_once(
    operators: Operators, sessions: Sessions
) -> None:
    ada = await operators.arrived("issuer|ada", "ada", Role.OPERATOR)
    token = await sessions.create(ada.name, ada.role)
    await operators.locked_out("issuer|somebody else")
    assert await sessions.find(token)
    await operators.locked_out("issuer|ada")
    assert await sessions.find(token) is None


async def test_a_name_that_nobody_has_costs_a_hash_too() -> None:
    hasher = CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords = Passwords(hasher)
    assert not await passwords.matches(GOOD, None)
    assert not await passwords.matches("wrong, but long enough", hasher.hash(GOOD))
    assert hasher.checks == 2


async def test_who_comes_to_a_full_queue_is_told_so_and_those_in_it_get_their_answer() -> None:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords, hashed = Passwords(hasher, most_waiting=20), hasher.hash(GOOD)
    tries = [passwords.matches(GOOD, hashed) for _ in range(25)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert answers[:20] == [True] * 20
    assert [type(answer) for answer in answers[20:]] == [TooBusy] * 5
    assert await passwords.matches(GOOD, hashed), "the queue is empty again"


async def test_a_try_that_nobody_looked_at_does_not_count(database: Database, clock: SetClock) -> None:
    throttle = Throttle(database, clock)
    for _ in range(8):
        assert await throttle.try_now("ada", "10.0.0.1") == 0
        await throttle.not_looked_at("ada", "10.0.0.1")


async def test_a_password_is_compared_to_its_last_character() -> None:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    longest = "x" * 256
    passwords, hashed = Passwords(hasher), hasher.hash(longest)
    assert await passwords.matches(longest, hashed)
    assert not await passwords.matches(f"{longest}x", hashed)
