"""The second factor: which codes count and how often, what is kept of them, and who has to wait."""

import asyncio
from base64 import b32encode
from datetime import UTC, datetime

import pytest

from dashboard.auth import Role, Sessions, Throttle
from dashboard.auth.one_time_codes import app_address, step_of
from dashboard.auth.second_factors import KeyLost, NoSecondFactor, SecondFactors, WrongCode
from dashboard.auth.throttle import TooManyTries
from dashboard.storage import Database
from tests.dashboard.authenticator import code_of
from tests.dashboard.clocks import SetClock

HERE = "10.0.0.1"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def sessions(database: Database, clock: SetClock) -> Sessions:
    return Sessions(database, clock)


@pytest.fixture
def factors(database: Database, sessions: Sessions, clock: SetClock) -> SecondFactors:
    return SecondFactors(database, sessions, clock, "a secret of the tests")


async def turned_on(factors: SecondFactors, clock: SetClock, name: str = "ada") -> tuple[str, ...]:
    """Its recovery codes; the next minute has begun."""
    codes = await factors.turn_on(name, KEY, code_of(KEY, clock.now()), instead_of="")
    clock.forward(minutes=1)
    return codes


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_rfc(second: int, code: str) -> None:
    """Appendix B of RFC 6238, its last six digits."""
    key = b32encode(b"12345678901234567890").decode()
    moment = datetime.fromtimestamp(second, UTC)
    assert step_of(key, code, moment) == second // 30
    assert code_of(key, moment) == code


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_away(clock: SetClock, steps: int, fits: bool) -> None:
    assert (step_of(KEY, code_of(KEY, clock.now(), later=steps), clock.now()) is not None) is fits


def test_the_app_is_told_name_and_place_in_a_way_that_no_name_can_break() -> None:
    told = app_address("KEY", name="a&secret=x b", issuer="Novu-dashboard-<Pröd>")
    assert told == (
        "otpauth://totp/Novu-dashboard-%3CPr%C3%B6d%3E:a%26secret%3Dx%20b"
        "?secret=KEY&issuer=Novu-dashboard-%3CPr%C3%B6d%3E"
    )


async def test_a_code_counts_once_and_none_before_it_counts_later(
    factors: SecondFactors, clock: SetClock
) -> None:
    await turned_on(factors, clock)
    code = code_of(KEY, clock.now())
    assert await factors.use("ada", HERE, f" {code[:3]} {code[3:]} ") is False
    for used in (code, code_of(KEY, clock.now(), later=-1)):
        with pytest.raises(WrongCode):
            await factors.use("ada", HERE, used)
    await factors.use("ada", HERE, code_of(KEY, clock.now(), later=1))


async def test_the_code_that_confirmed_it_lets_nobody_in(factors: SecondFactors, clock: SetClock) -> None:
    await factors.turn_on("ada", KEY, code_of(KEY, clock.now()), instead_of="")
    with pytest.raises(WrongCode):
        await factors.use("ada", HERE, code_of(KEY, clock.now()))


async def test_of_one_code_typed_in_many_places_at_once_one_counts(
    factors: SecondFactors, clock: SetClock
) -> None:
    codes = await turned_on(factors, clock)
    for code in (code_of(KEY, clock.now()), codes[0]):
        tries = [factors.use("ada", f"10.0.1.{number}", code) for number in range(4)]
        answers = await asyncio.gather(*tries, return_exceptions=True)
        assert [type(answer) for answer in answers].count(WrongCode) == 3


async def test_each_of_ten_recovery_codes_counts_once_however_it_is_typed(
    factors: SecondFactors, clock: SetClock
) -> None:
    codes = await turned_on(factors, clock)
    assert len(set(codes)) == 10
    assert await factors.use("ada", HERE, f" {codes[3].upper().replace('-', ' ')}\n") is True
    with pytest.raises(WrongCode):
        await factors.use("ada", HERE, codes[3])
    factor = await factors.of("ada")
    assert factor
    assert factor.recovery_left == 9


async def test_neither_key_nor_code_is_in_the_database(
    factors: SecondFactors, clock: SetClock, database: Database
) -> None:
    codes = await turned_on(factors, clock)
    dump = await database.read(
        lambda connection: str(connection.exec_driver_sql("SELECT * FROM second_factors").all())
    )
    assert "ada" in dump
    assert not [secret for secret in (KEY, *codes, codes[0].replace("-", "")) if secret in dump]


async def test_under_another_secret_codes_stay_closed_and_recovery_codes_open(
    factors: SecondFactors, clock: SetClock, database: Database, sessions: Sessions
) -> None:
    codes = await turned_on(factors, clock)
    moved = SecondFactors(database, sessions, clock, "another secret")
    with pytest.raises(KeyLost):
        await moved.use("ada", HERE, code_of(KEY, clock.now()))
    assert await moved.use("ada", HERE, codes[0])


async def test_the_sixth_wrong_code_waits_and_a_right_password_takes_none_back(
    factors: SecondFactors, clock: SetClock, database: Database
) -> None:
    passwords = Throttle(database, clock)
    await turned_on(factors, clock)
    for _ in range(5):
        assert await passwords.try_now("ada", HERE) == 0
        await passwords.succeeded("ada", HERE)
        with pytest.raises(WrongCode):
            await factors.use("ada", HERE, "000000")
    with pytest.raises(TooManyTries) as told:
        await factors.use("ada", HERE, code_of(KEY, clock.now()))
    assert told.value.wait_s == 1
    await factors.use("ada", "10.0.0.2", code_of(KEY, clock.now()))


async def test_who_guesses_passwords_keeps_nobody_from_typing_a_code(
    factors: SecondFactors, clock: SetClock, database: Database
) -> None:
    await turned_on(factors, clock)
    for name in ("ada", "code both\0ada", "code ada"):
        for _ in range(6):
            await Throttle(database, clock).try_now(name, "10.0.0.9")
    await factors.use("ada", HERE, code_of(KEY, clock.now()))


async def test_turning_it_on_or_off_ends_every_session_of_that_person(
    factors: SecondFactors, clock: SetClock, sessions: Sessions
) -> None:
    first, others = await sessions.create("ada", Role.ADMIN), await sessions.create("bob", Role.ADMIN)
    await turned_on(factors, clock)
    assert await sessions.find(first) is None
    second = await sessions.create("ada", Role.ADMIN)
    await factors.turn_off("ada")
    assert await sessions.find(second) is None
    assert await sessions.find(others)
    with pytest.raises(NoSecondFactor):
        await factors.turn_off("ada")


async def test_of_two_set_ups_at_once_one_counts(factors: SecondFactors, clock: SetClock) -> None:
    await turned_on(factors, clock)
    with pytest.raises(WrongCode):
        await factors.turn_on("ada", KEY, code_of(KEY, clock.now()), instead_of="")
    former = await factors.of("ada")
    assert former
    await factors.turn_on("ada", KEY, code_of(KEY, clock.now()), instead_of=former.mark)
