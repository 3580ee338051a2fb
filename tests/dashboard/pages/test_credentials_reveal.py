"""A secret is on the server until somebody asks for it, on record, and hidden again after half a minute."""

import asyncio

from nicegui.testing import User

from api_client import ChannelCredentials, NewSubscriber
from dashboard.auth import Role
from dashboard.components import html
from dashboard.components.address import Address
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.credentials.entries import CredentialsView
from dashboard.pages.subscriber.credentials.token_rows import SecretRow
from dashboard.pages.subscriber.credentials.writer import CredentialWriter
from tests import harness
from tests.dashboard.joined import sign_in
from tests.patience import until

WHO, TOKEN = "secretive", "abc:" + "x" * 70 + "7f3e"


class HeldBreath:
    """Sleeps until it is let go, and remembers how long it was asked to."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.is_over = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await self.is_over.wait()


async def draw_row(operator: User, sleep: HeldBreath) -> tuple[SecretRow, html.Tag]:
    """A row over one stored token, on a page of its own."""
    ctx = harness.current().ctx
    await ctx.api.subscribers.create(NewSubscriber(subscriber_id=WHO))
    person = await ctx.api.credentials.append(
        WHO, "fcm", ChannelCredentials(device_tokens=(TOKEN,)), integration="fcm-main"
    )
    card = CredentialsView(person, await ctx.api.integrations.list()).cards[0]
    await operator.open("/subscribers")
    assert operator.client
    visit, address = await sign_in(ctx, Role.OPERATOR), Address(operator.client.sub_pages_router)
    with operator.client.content, html.div() as place:
        stage = Stage(ctx, visit, address, ctx.sign.current)
        writer = CredentialWriter(stage, WHO, place, lambda _: None, lambda: None)
        row = SecretRow(card, writer, key="deviceTokens", secret=TOKEN, name="it", sleep=sleep)
    return row, place


async def test_half_a_minute_after_it_was_revealed_it_is_masked_again(operator: User) -> None:
    sleep = HeldBreath()
    row, place = await draw_row(operator, sleep)
    with place:
        await row.turn()
    await operator.should_see(TOKEN)
    assert await until(lambda: sleep.asked == [30])
    sleep.is_over.set()
    await operator.should_not_see(TOKEN)
    await operator.should_see("…7f3e")
    (last, *_) = await harness.current().ctx.audit.page()
    assert (last.name, last.subject) == ("credentials.revealed", WHO)


async def test_a_second_click_hides_it_at_once(operator: User) -> None:
    row, place = await draw_row(operator, HeldBreath())
    with place:
        await row.turn()
        await operator.should_see(TOKEN)
        await row.turn()
    await operator.should_not_see(TOKEN)


async def test_what_is_gone_by_now_is_not_revealed(operator: User) -> None:
    row, place = await draw_row(operator, HeldBreath())
    await harness.current().ctx.api.credentials.delete(WHO, "fcm")
    with place:
        await row.turn()
    await operator.should_not_see(TOKEN)
