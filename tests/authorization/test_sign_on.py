"""Single sign-on against a provider that really runs: who gets in as what, and which lies are noticed."""

import ssl
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from api_client import ClientOptions, SubscriberClient
from dashboard.audit import Outcome
from dashboard.auth import Role
from dashboard.auth.provider import Begun, Identity, NotProven, Provider, ProviderSilent
from dashboard.context import AppContext
from dashboard.doors.sign_on import LockedOut, NoRole, SignOn
from dashboard.doors.signing_in import SigningIn, WrongPassword
from dashboard.doors.turned_away import TurnedAway
from dashboard.settings import Settings
from dashboard.storage import Database
from tests.browser import servers
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import make_context

BACK = "http://dashboard.test/sign-on/back"
SCOPE: dict[str, Any] = {"type": "http", "scheme": "http", "headers": [], "client": ("192.0.2.7", 1)}
GRACE, OTTO, EVE, OTHER_GRACE = "1234"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = servers.free_port()
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("provider_server.py")), str(port)]
    with servers.serve(command, tmp_path_factory.mktemp("provider"), port=port) as running:
        yield running.url


@pytest.fixture
async def provider(issuer: str) -> Any:
    async with httpx.AsyncClient(base_url=issuer, trust_env=False, verify=False) as client:
        yield client
        await client.post("/lie/none")


@pytest.fixture
def ctx(database: Database, clock: SetClock, tmp_path: Path, issuer: str) -> AppContext:
    api = SubscriberClient(ClientOptions(api_key="no-call-is-made", base_url="http://novu.test"))
    settings = Settings(
        data_dir=tmp_path,
        oidc_issuer=issuer,
        oidc_client_id="the-dashboard",
        oidc_client_secret=SecretStr("a secret of the tests"),
        oidc_roles="support=operator, leads=admin",
    )
    return replace(make_context(api, database, clock, folder=tmp_path), settings=settings)


@pytest.fixture
def signing_in(ctx: AppContext) -> SigningIn:
    return SigningIn(ctx, TurnedAway(ctx.audit, ctx.sessions, ctx.clock))


@pytest.fixture
def sign_on(ctx: AppContext, signing_in: SigningIn) -> SignOn:
    return SignOn(ctx, signing_in, Provider(ctx.settings), secret="a secret of the tests")


async def agree(provider: httpx.AsyncClient, address: str, person: str) -> dict[str, str]:
    """What the person's browser brings back from the provider's page."""
    answer = await provider.post(address, data={"sub": person})
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


async def come(
    sign_on: SignOn, provider: httpx.AsyncClient, person: str, wanted: str = "/jobs"
) -> tuple[str, str]:
    address, kept = await sign_on.begin(BACK, wanted)
    return await sign_on.finish(SCOPE, await agree(provider, address, person), kept, BACK)


@pytest.mark.parametrize(("person", "role"), [(GRACE, Role.ADMIN), (OTTO, Role.OPERATOR)])
async def test_a_group_of_the_provider_is_a_role_here(
    ctx: AppContext, sign_on: SignOn, provider: httpx.AsyncClient, person: str, role: Role
) -> None:
    token, wanted = await come(sign_on, provider, person)
    session = await ctx.sessions.find(token)
    assert session
    assert (session.role, wanted) == (role, "/jobs")
    (line,) = await ctx.audit.page()
    assert (line.name, line.actor, line.detail, line.address) == (
        "operator.signed_in", session.actor, "single sign-on", "192.0.2.7",
    )  # fmt: skip


async def test_whom_this_machine_trusts_is_not_read_again_for_each_question(
    sign_on: SignOn, provider: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssl, "create_default_context", None)
    _, wanted = await come(sign_on, provider, GRACE)
    assert wanted == "/jobs"


async def test_without_a_group_that_counts_nobody_enters(
    ctx: AppContext, sign_on: SignOn, provider: httpx.AsyncClient
) -> None:
    with pytest.raises(NoRole):
        await come(sign_on, provider, EVE)
    (line,) = await ctx.audit.page()
    assert (line.outcome, line.detail) == (Outcome.REFUSED, "NoRole")
    assert await ctx.operators.all() == ()


@pytest.mark.parametrize(
    ("lie", "noticed"),
    [("iss", "'iss'"), ("aud", "'aud'"), ("nonce", "'nonce'"), ("alg", "algorithm"), ("exp", "expired")],
)
async def test_an_id_token_that_does_not_prove_it_is_refused(
    ctx: AppContext, sign_on: SignOn, provider: httpx.AsyncClient, lie: str, noticed: str
) -> None:
    await provider.post(f"/lie/{lie}")
    with pytest.raises(NotProven):
        await come(sign_on, provider, GRACE)
    (line,) = await ctx.audit.page()
    assert (line.name, line.outcome) == ("operator.sign_in_refused", Outcome.REFUSED)
    assert noticed in line.detail
    assert await ctx.sessions.open_now() == {}


async def test_only_the_browser_that_began_it_ends_it(sign_on: SignOn, provider: httpx.AsyncClient) -> None:
    address, kept = await sign_on.begin(BACK, "/")
    _, others = await sign_on.begin(BACK, "/")
    query = await agree(provider, address, GRACE)
    for forged, cookie in (
        (query, ""),
        (query, others),
        (query, kept + "x"),
        ({**query, "state": "x"}, kept),
    ):
        with pytest.raises(NotProven):
            await sign_on.finish(SCOPE, forged, cookie, BACK)
    await sign_on.finish(SCOPE, query, kept, BACK)


async def test_a_code_opens_once_and_only_with_its_own_verifier(
    sign_on: SignOn, provider: httpx.AsyncClient
) -> None:
    address, kept = await sign_on.begin(BACK, "/")
    other_address, other = await sign_on.begin(BACK, "/")
    query = await agree(provider, address, GRACE)
    other_state = dict(parse_qsl(urlsplit(other_address).query))["state"]
    with pytest.raises(NotProven):
        await sign_on.finish(SCOPE, {**query, "state": other_state}, other, BACK)
    query = await agree(provider, address, GRACE)
    await sign_on.finish(SCOPE, query, kept, BACK)
    with pytest.raises(NotProven):
        await sign_on.finish(SCOPE, query, kept, BACK)


async def test_a_person_who_says_no_is_brought_back_with_a_sentence(sign_on: SignOn) -> None:
    address, kept = await sign_on.begin(BACK, "/")
    state = dict(parse_qsl(urlsplit(address).query))["state"]
    with pytest.raises(NotProven):
        await sign_on.finish(SCOPE, {"state": state, "error": "access_denied"}, kept, BACK)


async def test_names_do_not_tell_people_apart(
    ctx: AppContext, sign_on: SignOn, provider: httpx.AsyncClient
) -> None:
    await ctx.operators.add("otto", Role.ADMIN, "a sentence that nobody guesses")
    for person in (GRACE, OTHER_GRACE, OTTO, GRACE):
        await come(sign_on, provider, person)
    names = [one.name for one in await ctx.operators.all()]
    assert len(names) == 4
    assert [name.split(" #")[0] for name in names] == ["grace", "grace", "otto", "otto"]


async def test_another_role_at_the_provider_ends_the_sessions_of_the_old_one(
    ctx: AppContext, sign_on: SignOn, provider: httpx.AsyncClient
) -> None:
    before, _ = await come(sign_on, provider, GRACE)
    lowered = {"preferred_username": "grace", "groups": ["support"]}
    await provider.put(f"/users/{GRACE}", json=lowered)
    after, _ = await come(sign_on, provider, GRACE)
    await provider.put(f"/users/{GRACE}", json={**lowered, "groups": ["leads"]})
    assert await ctx.sessions.find(before) is None
    session = await ctx.sessions.find(after)
    assert session
    assert session.role is Role.OPERATOR


async def test_locked_here_is_locked_whatever_the_provider_says(
    ctx: AppContext, sign_on: SignOn, signing_in: SigningIn, provider: httpx.AsyncClient
) -> None:
    await ctx.operators.add("root", Role.ADMIN, "a sentence that nobody guesses")
    token, _ = await come(sign_on, provider, GRACE)
    await ctx.operators.lock("grace")
    assert await ctx.sessions.find(token) is None
    with pytest.raises(LockedOut):
        await come(sign_on, provider, GRACE)
    with pytest.raises(WrongPassword):
        await signing_in.by_password(SCOPE, "grace", "")


async def test_a_provider_that_is_away_or_another_one_is_told_plainly(
    ctx: AppContext, signing_in: SigningIn, issuer: str
) -> None:
    for url, expected in (("http://127.0.0.1:9", ProviderSilent), (f"{issuer}/", NotProven)):
        settings = ctx.settings.model_copy(update={"oidc_issuer": url})
        with pytest.raises(expected):
            await SignOn(ctx, signing_in, Provider(settings), secret="s").begin(BACK, "/")


class Telling(Provider):
    """Says when it last asked for the password; the mock provider asks for none."""

    shown_at: datetime | None = None

    async def finish(self, *, code: str, begun: Begun, back: str) -> Identity:
        return replace(await super().finish(code=code, begun=begun, back=back), shown_at=self.shown_at)


@pytest.mark.parametrize(("minutes_ago", "counts"), [(0, True), (4, True), (6, False), (None, False)])
async def test_only_a_provider_that_has_just_asked_has_shown_who_it_is(
    ctx: AppContext, signing_in: SigningIn, provider: httpx.AsyncClient, minutes_ago: int | None, counts: bool
) -> None:
    telling = Telling(ctx.settings)
    if minutes_ago is not None:
        telling.shown_at = ctx.clock.now() - timedelta(minutes=minutes_ago)
    sign_on = SignOn(ctx, signing_in, telling, secret="a secret of the tests")
    address, kept = await sign_on.begin(BACK, "/", again=True)
    assert {"prompt": "login", "max_age": "0"}.items() <= dict(parse_qsl(urlsplit(address).query)).items()
    token, _ = await sign_on.finish(SCOPE, await agree(provider, address, GRACE), kept, BACK)
    session = await ctx.sessions.find(token)
    assert session
    assert ctx.proofs.is_fresh(session.actor, session.id) is counts
