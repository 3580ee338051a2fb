"""720 cells: nine actors, sixteen actions, five ways in. What is not allowed is refused, and on record."""

from collections.abc import AsyncIterator
from itertools import product

import pytest
from nicegui.testing import User

from api_client import NewSubscriber
from dashboard.audit import Outcome
from dashboard.auth import Role, allows
from dashboard.auth.permissions import Permission
from dashboard.context import AppContext
from tests import harness
from tests.authorization.actors import ACTORS, PASSWORD, Actor
from tests.authorization.deeds import DEEDS, PERSON, Deed
from tests.authorization.ways import WAYS, Doorstep, furnish, opened


def is_allowed(actor: Actor, deed: Deed, way: str) -> bool:
    """The rule, in one place: everything else is denied."""
    role = actor.rights
    if role is None or way == "API":
        return False
    if way == "page GET":
        return allows(role, deed.sees)
    if actor.with_anothers_page:
        return False
    return way == "download" or allows(role, deed.needs)


@pytest.fixture
async def ctx(user: User) -> AsyncIterator[AppContext]:
    made = harness.current().ctx
    await made.api.subscribers.create(NewSubscriber(subscriber_id=PERSON, first_name="Ada"))
    await made.operators.add("root", Role.ADMIN, PASSWORD)
    yield made
    await made.api.aclose()


async def arrive(ctx: AppContext, actor: Actor) -> Doorstep:
    """Open a page while that is allowed; then happens what happens to the actor."""
    token = session = None
    if actor.role:
        await ctx.operators.add(actor.account, actor.role, PASSWORD)
        token = await ctx.sessions.create(actor.account, actor.role)
        session = await ctx.sessions.find(token)
        assert session
        ctx.proofs.note(session.id)
    owner = await ctx.sessions.create("root", Role.ADMIN) if actor.with_anothers_page or not token else token
    page = await opened(owner)
    await actor.spoil(ctx, actor.account)
    return Doorstep(ctx, token, session, page)


async def wrong_cells(ctx: AppContext, actor: Actor, first_address: int) -> list[str]:
    """All eighty cells of one actor; those that are not as the rule says, in words."""
    stand = await arrive(ctx, actor)
    tools = furnish(stand)
    wrong: list[str] = []
    for number, (deed, (way, enter)) in enumerate(product(DEEDS, WAYS.items()), first_address):
        stand.begin(f"10.0.{number // 250}.{number % 250}")
        before = await ctx.audit.page(limit=1)
        came_in = await enter(stand, deed, tools)
        lines = await ctx.audit.page(after_seq=before[0].seq if before else 0)
        is_refused = any(line.outcome is Outcome.REFUSED for line in lines)
        if came_in is not is_allowed(actor, deed, way) or is_refused is came_in:
            wrong.append(f"{actor.name}, {deed.name}, {way}: came in {came_in}, on record {is_refused}")
    return wrong


@pytest.mark.slow
async def test_every_cell_is_as_the_rule_says_and_each_denial_is_on_record(ctx: AppContext) -> None:
    wrong = [await wrong_cells(ctx, actor, number * 80) for number, actor in enumerate(ACTORS)]
    assert [cell for cells in wrong for cell in cells] == []


def test_there_are_720_cells() -> None:
    assert len(ACTORS) * len(DEEDS) * len(WAYS) == 720
    assert {deed.needs for deed in DEEDS} >= set(Permission) - {
        Permission.UNLOCK, Permission.HISTORY, Permission.IMPORT_CREDENTIALS,
    }  # fmt: skip
