"""The way in with two factors, as a browser goes it: what is asked when, what is told, what is on record."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from api_client import ClientOptions, SubscriberClient
from dashboard import paths
from dashboard.audit import AuditFilter
from dashboard.auth import Operators, Passwords, Role
from dashboard.auth.cookies import HALFWAY, NAME
from dashboard.context import AppContext
from dashboard.doors.second_step import SecondStep, end_weaker_sessions
from dashboard.doors.signing_in import SigningIn
from dashboard.doors.turned_away import TurnedAway
from dashboard.pages.second_step import SecondStepPages
from dashboard.pages.sign_in import SignInPages
from dashboard.storage import Database
from tests.dashboard.authenticator import code_of
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import QUICK, make_context

PASSWORD = "a sentence that nobody guesses"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODE_PAGE, SET_UP_PAGE = "Enter your code", "Set up a second factor"


@pytest.fixture
async def ctx(database: Database, clock: SetClock, tmp_path: Path) -> AppContext:
    api = SubscriberClient(ClientOptions(api_key="no-call-is-made", base_url="http://novu.test"))
    made = make_context(api, database, clock, folder=tmp_path)
    await made.operators.add("ada", Role.ADMIN, PASSWORD)
    return made


def browser_of(ctx: AppContext) -> httpx.AsyncClient:
    """A browser in front of the pages by which one gets in, and of nothing else."""
    away = TurnedAway(ctx.audit, ctx.sessions, ctx.clock)
    signing_in = SigningIn(ctx, away)
    step = SecondStep(ctx, signing_in, away, secret="a secret of the tests")
    first = SignInPages(ctx, signing_in, step)
    second = SecondStepPages(ctx, step, first)
    app = Starlette(
        routes=[
            Route(paths.SIGN_IN, first.show, methods=["GET"]),
            Route(paths.SIGN_IN, first.submit, methods=["POST"]),
            Route(paths.SECOND_STEP, second.show, methods=["GET"]),
            Route(paths.SECOND_STEP, second.submit, methods=["POST"]),
        ]
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://dashboard.test")


@pytest.fixture
async def visitor(ctx: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(ctx) as opened:
        yield opened


@pytest.fixture
async def codes(ctx: AppContext, clock: SetClock) -> tuple[str, ...]:
    """Ada has a second factor by now; these are its recovery codes."""
    told = await ctx.second_factors.turn_on("ada", KEY, code_of(KEY, clock.now()), instead_of="")
    clock.forward(minutes=1)
    return told


async def type_password(visitor: httpx.AsyncClient, password: str = PASSWORD, **more: str) -> httpx.Response:
    typed = {"name": "ada", "password": password, "next": "/jobs", **more}
    return await visitor.post(paths.SIGN_IN, data=typed)


async def type_code(visitor: httpx.AsyncClient, code: str) -> httpx.Response:
    return await visitor.post(paths.SECOND_STEP, data={"code": code})


async def is_refused(visitor: httpx.AsyncClient, code: str) -> bool:
    """And told so, on a page that F5 and Back find again without sending anything."""
    answer = await type_code(visitor, code)
    shown = await visitor.get(answer.headers["location"])
    return answer.status_code == 303 and "That code is wrong or has been used already." in shown.text


def title_of(answer: httpx.Response) -> str:
    found = re.search("<h1>(.*?)</h1>", answer.text)
    return found.group(1) if found else ""


def key_on(answer: httpx.Response) -> str:
    found = re.search(r'data-copy="([A-Z2-7]{32})"', answer.text)
    return found.group(1) if found else ""


def codes_on(answer: httpx.Response) -> list[str]:
    return re.findall(r"<li><code>([a-z2-7-]+)</code></li>", answer.text)


async def lines(ctx: AppContext) -> list[tuple[str, str]]:
    return [(line.name, line.outcome.value) for line in reversed(await ctx.audit.page())]


async def test_the_right_password_alone_opens_nothing(
    ctx: AppContext, visitor: httpx.AsyncClient, codes: object
) -> None:
    answer = await type_password(visitor)
    assert (answer.status_code, answer.headers["location"]) == (303, paths.SECOND_STEP)
    assert NAME not in answer.cookies
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "max-age=600"))
    assert "/jobs" not in answer.cookies[HALFWAY], "nothing in it is told"
    assert await ctx.sessions.open_now() == {}
    asked = await visitor.get(paths.SECOND_STEP)
    assert title_of(asked) == CODE_PAGE
    assert 'autocomplete="one-time-code" inputmode="numeric"' in asked.text
    assert not key_on(asked)


async def test_the_code_lets_in_where_one_wanted(
    ctx: AppContext, visitor: httpx.AsyncClient, codes: object, clock: SetClock
) -> None:
    await type_password(visitor)
    answer = await type_code(visitor, code_of(KEY, clock.now()))
    assert (answer.status_code, answer.headers["location"]) == (303, "/jobs")
    session = await ctx.sessions.find(answer.cookies[NAME])
    assert session
    assert ctx.proofs.is_fresh("ada", session.id)
    assert (await ctx.audit.page())[0].detail == "password and code"
    back = await visitor.get(paths.SECOND_STEP)
    assert back.headers["location"] == paths.HOME, "Back leads in, for the step is done"


async def test_a_wrong_password_is_told_the_same_whoever_has_a_second_factor(
    ctx: AppContext, visitor: httpx.AsyncClient, codes: object
) -> None:
    await ctx.operators.add("bob", Role.VIEWER, PASSWORD)
    told = set[tuple[int, str]]()
    for name in ("ada", "bob", "eve"):
        answer = await type_password(visitor, "wrong but long enough", name=name)
        told.add((answer.status_code, answer.text.replace(f'value="{name}"', "")))
    assert len(told) == 1
    assert HALFWAY not in visitor.cookies


async def test_wrong_codes_are_told_plainly_are_on_record_and_have_to_wait(
    ctx: AppContext, visitor: httpx.AsyncClient, codes: object, clock: SetClock
) -> None:
    await type_password(visitor)
    for _ in range(5):
        assert await is_refused(visitor, "000000")
    await type_password(visitor)
    waits = await type_code(visitor, code_of(KEY, clock.now()))
    assert (waits.status_code, waits.headers["retry-after"]) == (429, "1")
    refused = await ctx.audit.page(AuditFilter(name="operator.code_refused"))
    assert [(line.subject, line.actor, line.detail) for line in refused] == [("ada", "", "WrongCode")] * 5
    assert (await ctx.audit.page())[0].detail == "too many wrong codes"


async def test_a_recovery_code_lets_in_once_and_that_is_on_record(
    ctx: AppContext, visitor: httpx.AsyncClient, codes: tuple[str, ...]
) -> None:
    await type_password(visitor)
    asked = await visitor.get(f"{paths.SECOND_STEP}?with=recovery")
    assert 'action="/sign-in/code?with=recovery"' in asked.text
    assert NAME in (await type_code(visitor, codes[0])).cookies
    assert ("operator.recovery_code_used", "done") in await lines(ctx)
    await type_password(visitor)
    assert await is_refused(visitor, codes[0])


async def test_after_five_minutes_one_begins_anew_and_still_gets_where_one_wanted(
    visitor: httpx.AsyncClient, codes: object, clock: SetClock
) -> None:
    await type_password(visitor)
    clock.forward(minutes=4, seconds=59)
    assert title_of(await visitor.get(paths.SECOND_STEP)) == CODE_PAGE
    clock.forward(seconds=1)
    late = await type_code(visitor, code_of(KEY, clock.now()))
    assert (late.status_code, title_of(late)) == (401, "Sign in")
    assert "That took too long" in late.text
    assert 'name="next" value="/jobs"' in late.text
    assert HALFWAY not in visitor.cookies


@pytest.mark.parametrize("change", ["locked", "password", "role", "reset", "set up anew"])
async def test_who_was_changed_meanwhile_begins_anew(
    ctx: AppContext, visitor: httpx.AsyncClient, codes: object, clock: SetClock, change: str
) -> None:
    await ctx.operators.add("root", Role.ADMIN, PASSWORD)
    await type_password(visitor)
    factor = await ctx.second_factors.of("ada")
    assert factor
    await {
        "locked": lambda: ctx.operators.lock("ada"),
        "password": lambda: ctx.operators.set_password("ada", f"{PASSWORD}, another"),
        "role": lambda: ctx.operators.set_role("ada", Role.VIEWER),
        "reset": lambda: ctx.second_factors.turn_off("ada"),
        "set up anew": lambda: ctx.second_factors.turn_on(
            "ada", KEY, code_of(KEY, clock.now()), instead_of=factor.mark
        ),
    }[change]()
    answer = await type_code(visitor, code_of(KEY, clock.now(), later=1))
    assert (answer.status_code, title_of(answer)) == (401, "Sign in")
    assert await ctx.sessions.open_now() == {}


@pytest.mark.parametrize("kept", ["", "nonsense", "gAAAAABpJY5x"])
async def test_who_is_not_halfway_is_not_asked_for_a_code(visitor: httpx.AsyncClient, kept: str) -> None:
    if kept:
        visitor.cookies.set(HALFWAY, kept)
    for answer in (await visitor.get(paths.SECOND_STEP), await type_code(visitor, "000000")):
        assert answer.headers.get("location") == paths.SIGN_IN or title_of(answer) == "Sign in"


async def test_setting_it_up_shows_the_key_until_a_code_confirms_it_and_then_recovery_codes_once(
    ctx: AppContext, visitor: httpx.AsyncClient, clock: SetClock
) -> None:
    before = await ctx.sessions.create("ada", Role.ADMIN)
    await type_password(visitor, then="set-up")
    shown, again = [await visitor.get(paths.SECOND_STEP) for _ in range(2)]
    assert title_of(shown) == SET_UP_PAGE
    key = key_on(shown)
    assert key == key_on(again), "F5 shows the same"
    assert await is_refused(visitor, "12345"), "one digit short, so that no new key ever fits it"
    assert await ctx.second_factors.of("ada") is None
    done = await type_code(visitor, code_of(key, clock.now()))
    assert done.headers["location"] == paths.SECOND_STEP
    assert await ctx.sessions.find(done.cookies[NAME])
    assert await ctx.sessions.find(before) is None
    told = codes_on(await visitor.get(paths.SECOND_STEP))
    assert len(told) == 10
    assert told == codes_on(await visitor.get(paths.SECOND_STEP)), "F5 before they are kept loses none"
    for name in ("", "bob"):  # signed out, or somebody else at the same browser
        async with browser_of(ctx) as other:
            other.cookies.set(HALFWAY, visitor.cookies[HALFWAY])
            other.cookies.set(NAME, await ctx.sessions.create(name, Role.VIEWER) if name else "")
            assert (await other.get(paths.SECOND_STEP)).headers["location"] == "/jobs"
    left = await visitor.get(paths.second_step(is_kept=True))
    assert left.headers["location"] == "/jobs"
    assert (await visitor.get(paths.SECOND_STEP)).headers["location"] == paths.HOME
    log = str(await ctx.audit.page())
    assert not [secret for secret in (key, *told) if secret in log]
    assert await lines(ctx) == [
        ("own.second_factor_turned_on", "begun"),
        ("own.second_factor_turned_on", "failed"),
        ("own.second_factor_turned_on", "begun"),
        ("own.second_factor_turned_on", "done"),
        ("operator.signed_in", "done"),
    ]


async def test_who_is_in_need_not_type_the_name_to_set_one_up(
    ctx: AppContext, visitor: httpx.AsyncClient
) -> None:
    visitor.cookies.set(NAME, await ctx.sessions.create("ada", Role.ADMIN))
    asked = await visitor.get(paths.sign_in("/jobs", then="set-up"))
    assert title_of(asked) == SET_UP_PAGE
    assert 'value="ada"' in asked.text
    assert 'value="ada"' not in (await visitor.get(paths.sign_in("/jobs"))).text


async def test_what_is_left_of_a_set_up_sets_up_nothing_a_second_time(
    ctx: AppContext, visitor: httpx.AsyncClient, clock: SetClock
) -> None:
    left = (await type_password(visitor, then="set-up")).cookies[HALFWAY]
    key = key_on(await visitor.get(paths.SECOND_STEP))
    await type_code(visitor, code_of(key, clock.now()))
    factor = await ctx.second_factors.of("ada")
    async with browser_of(ctx) as elsewhere:
        elsewhere.cookies.set(HALFWAY, left)
        answer = await type_code(elsewhere, code_of(key, clock.now(), later=1))
    assert (answer.status_code, title_of(answer)) == (401, "Sign in")
    assert await ctx.second_factors.of("ada") == factor


async def test_another_phone_is_set_up_with_a_code_of_the_former(
    ctx: AppContext, visitor: httpx.AsyncClient, codes: object, clock: SetClock
) -> None:
    await type_password(visitor, then="set-up")
    assert title_of(await visitor.get(paths.SECOND_STEP)) == CODE_PAGE
    await type_code(visitor, code_of(KEY, clock.now()))
    key = key_on(await visitor.get(paths.SECOND_STEP))
    assert key != KEY
    await type_code(visitor, code_of(key, clock.now()))
    clock.forward(minutes=1)
    await type_password(visitor)
    assert NAME in (await type_code(visitor, code_of(key, clock.now()))).cookies


@pytest.mark.parametrize("is_required", [False, True])
async def test_it_is_turned_off_with_password_and_code_unless_it_is_required(
    ctx: AppContext, codes: object, clock: SetClock, is_required: bool
) -> None:
    async with browser_of(requiring(ctx) if is_required else ctx) as visitor:
        await type_password(visitor, then="turn-off")
        assert "Turn off</button>" in (await visitor.get(paths.SECOND_STEP)).text
        assert await ctx.second_factors.of("ada"), "the password alone turns nothing off"
        assert NAME in (await type_code(visitor, code_of(KEY, clock.now()))).cookies
    assert (await ctx.second_factors.of("ada") is None) is not is_required
    assert (("own.second_factor_turned_off", "done") in await lines(ctx)) is not is_required


def requiring(ctx: AppContext) -> AppContext:
    return replace(ctx, settings=ctx.settings.model_copy(update={"require_second_factor": True}))


async def test_where_it_is_required_one_sets_it_up_before_anything_else(
    ctx: AppContext, clock: SetClock
) -> None:
    async with browser_of(requiring(ctx)) as visitor:
        assert NAME not in (await type_password(visitor)).cookies
        asked = await visitor.get(paths.SECOND_STEP)
        assert title_of(asked) == SET_UP_PAGE
        assert "Everyone who signs in here with a password needs one." in unescape(asked.text)
        assert await ctx.sessions.open_now() == {}
        assert NAME in (await type_code(visitor, code_of(key_on(asked), clock.now()))).cookies


async def test_from_when_on_it_is_required_nobody_stays_in_without(ctx: AppContext, codes: object) -> None:
    await ctx.operators.add("bob", Role.VIEWER, PASSWORD)
    await ctx.operators.arrived("issuer sub", "grace", Role.VIEWER)
    for name in ("ada", "bob", "grace"):
        await ctx.sessions.create(name, Role.VIEWER)
    await end_weaker_sessions(ctx)
    assert set(await ctx.sessions.open_now()) == {"ada", "bob", "grace"}
    await end_weaker_sessions(requiring(ctx))
    assert set(await ctx.sessions.open_now()) == {"ada", "grace"}


async def test_a_full_queue_says_when_to_come_back(ctx: AppContext, database: Database) -> None:
    full = Operators(database, ctx.sessions, Passwords(QUICK, most_waiting=0), ctx.clock)
    async with browser_of(replace(ctx, operators=full)) as visitor:
        answer = await type_password(visitor)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "Too many people are signing in" in answer.text
