"""Whether a name exists is told neither by the answer nor by the time it takes."""

import statistics
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api_client import ClientOptions, SubscriberClient
from dashboard.auth import Operators, Passwords, Role
from dashboard.auth.passwords import TooBusy
from dashboard.doors.signing_in import SigningIn, TooManyTries, WrongPassword
from dashboard.doors.turned_away import TurnedAway
from dashboard.storage import Database
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import QUICK, make_context

PASSWORD = "a sentence that nobody guesses"
TRIES, EACH, ROUNDS = 200, 50, 5  # of one name, fifty: more would have to wait


@pytest.fixture
async def signing_in(database: Database, clock: SetClock, tmp_path: Path) -> SigningIn:
    api = SubscriberClient(ClientOptions(api_key="no-call-is-made", base_url="http://novu.test"))
    ctx = make_context(api, database, clock, folder=tmp_path)
    for number in range(TRIES * ROUNDS // EACH):
        await ctx.operators.add(f"known-{number}", Role.VIEWER, PASSWORD)
    return SigningIn(ctx, TurnedAway(ctx.audit, ctx.sessions, clock))


def scope(number: int) -> dict[str, Any]:
    address = f"10.0.{number >> 8}.{number & 255}"
    return {"type": "http", "scheme": "http", "path": "/sign-in", "headers": [], "client": (address, 1)}


async def test_known_and_unknown_names_take_the_same_time(signing_in: SigningIn) -> None:
    """Without the hash, which is the same for both, the rest shows the more clearly.

    A busy machine may spoil a round, though not all of them; what is really slower is so in each.
    """
    differences: list[float] = []
    while not differences or (differences[-1] >= 10 and len(differences) < ROUNDS):
        differences.append(await difference_ms(signing_in, first=len(differences) * TRIES))
    assert differences[-1] < 10, differences


async def difference_ms(signing_in: SigningIn, *, first: int) -> float:
    """Between the medians of known names and unknown ones."""
    times: dict[str, list[float]] = {"known": [], "nobody": []}
    for number in range(first, first + TRIES):
        for kind, taken in times.items():
            began = time.perf_counter()
            name = f"{kind}-{number // EACH}"
            with pytest.raises(WrongPassword) as refused:
                await signing_in.by_password(scope(number), name, "wrong, but long enough")
            taken.append((time.perf_counter() - began) * 1000)
            assert refused.value.user_text == "Name or password is wrong, or the account is locked."
    return abs(statistics.median(times["known"]) - statistics.median(times["nobody"]))


@pytest.mark.parametrize("name", ["known-0", "nobody-0"])
async def test_the_sixth_wrong_try_waits_whoever_it_is(
    signing_in: SigningIn, clock: SetClock, name: str
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            await signing_in.by_password(scope(1), name, "wrong, but long enough")
    with pytest.raises(TooManyTries) as told:
        await signing_in.by_password(scope(1), name, PASSWORD)
    assert told.value.wait_s >= 1
    clock.forward(seconds=told.value.wait_s + 1)
    with pytest.raises(WrongPassword):
        await signing_in.by_password(scope(1), name, "wrong, but long enough")


async def test_a_full_queue_is_a_refusal_in_words_and_on_record(signing_in: SigningIn) -> None:
    ctx = signing_in._ctx
    full = Operators(ctx.audit._database, ctx.sessions, Passwords(QUICK, most_waiting=0), ctx.clock)
    busy = SigningIn(replace(ctx, operators=full), signing_in._turned_away)
    with pytest.raises(TooBusy, match="Try again in 5 s"):
        await busy.by_password(scope(1), "known-0", PASSWORD)
    assert (await ctx.audit.page())[0].detail == "too many sign-ins at once"
    assert await signing_in.by_password(scope(1), "known-0", PASSWORD)
