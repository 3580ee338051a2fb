"""A person in other environments: each is told on its own, only read, and nothing where none is set up."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from nicegui.testing import User

from api_client import NewSubscriber
from api_client.embedded import create_embedded_api
from dashboard.components.keys import Keys
from dashboard.components.palette import PaletteBox
from tests import harness
from tests.api_client.doubles import client_over
from tests.patience import until

HOSTILE = "<img src=x onerror=alert(1)>"
KEY = "key-of-the-page-tests"


class Elsewhere(httpx.AsyncBaseTransport):
    """Another environment in this process; remembers what it was asked, and can be out of order."""

    def __init__(self) -> None:
        api = create_embedded_api(subscribers=0, api_key=KEY)
        self.inner = httpx.ASGITransport(app=api, raise_app_exceptions=False)
        self.asked: list[str] = []
        self.is_broken = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path}")
        if self.is_broken:
            raise httpx.ConnectError("", request=request)
        return await self.inner.handle_async_request(request)

    async def add(self, subscriber_id: str, **fields: Any) -> None:
        async with client_over(self.inner, api_key=KEY) as client:
            await client.subscribers.create(NewSubscriber(subscriber_id=subscriber_id, **fields))


@pytest.fixture
def is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the dashboard starts."""
    monkeypatch.setenv("DASHBOARD_OTHER_ENVIRONMENTS", f"production={KEY}@http://production.test")


@pytest.fixture
async def elsewhere(is_set_up: None, operator: User) -> AsyncIterator[Elsewhere]:
    """`production`, at a server of its own."""
    there = Elsewhere()
    harness.current().network.others["production.test"] = there
    yield there
    await harness.current().ctx.others.aclose()


async def add_here(subscriber_id: str, **fields: Any) -> None:
    await harness.current().ctx.api.subscribers.create(NewSubscriber(subscriber_id=subscriber_id, **fields))


async def test_what_differs_there_is_shown_as_text_after_one_reading_call(
    elsewhere: Elsewhere, operator: User
) -> None:
    await add_here("both", first_name="Ada", email="ada@x.example")
    await elsewhere.add("both", first_name=HOSTILE, email="ada@x.example")
    await operator.open("/subscribers/both")
    await operator.should_see("Exists, and differs:")
    await operator.should_see(HOSTILE)
    assert elsewhere.asked == ["GET /v2/subscribers/both"]


async def test_who_is_not_there_is_told_apart_from_what_could_not_be_asked(
    elsewhere: Elsewhere, operator: User, caplog: pytest.LogCaptureFixture
) -> None:
    await add_here("only-here")
    elsewhere.is_broken = True
    await operator.open("/subscribers/only-here")
    await operator.should_see("production could not be asked")
    await operator.should_see(marker="person-name")
    await operator.should_see("set by DASHBOARD_OTHER_ENVIRONMENTS")
    await operator.should_not_see("NOVU_API_URL")
    assert len(elsewhere.asked) == 1
    elsewhere.is_broken = False
    operator.find("Retry").click()
    await operator.should_see("Nobody there has this id.")
    caplog.clear()


async def test_with_personal_data_masked_neither_side_is_shown(elsewhere: Elsewhere, operator: User) -> None:
    await add_here("both", first_name="Ada", email="ada@x.example")
    await elsewhere.add("both", first_name="Abe", email="ada@x.example")
    operator.http_client.cookies.set("mask", "on")
    await operator.open("/subscribers/both")
    await operator.should_see("Exists, and differs:")
    await operator.should_see("A•••")
    for value in ("Ada", "Abe", "ada@x.example"):
        await operator.should_not_see(value)


async def test_with_personal_data_masked_the_same_values_are_still_the_same(
    elsewhere: Elsewhere, operator: User
) -> None:
    await add_here("twin", first_name="Ada", email="ada@x.example")
    await elsewhere.add("twin", first_name="Ada", email="ada@x.example")
    operator.http_client.cookies.set("mask", "on")
    await operator.open("/subscribers/twin")
    await operator.should_see("Exists, with the same profile")


async def test_an_id_that_is_nobody_here_is_said_to_exist_there(elsewhere: Elsewhere, operator: User) -> None:
    await elsewhere.add("only-there")
    await operator.open("/subscribers?q=only-there")
    await operator.should_see(marker="no-results")
    await operator.should_see("Exactly this id exists in production.")
    await operator.open("/subscribers/only-there")
    await operator.should_see("This does not exist, or no longer does.")
    await operator.should_see("Exactly this id exists in production.")


async def test_the_palette_says_where_else_an_id_exists(elsewhere: Elsewhere, operator: User) -> None:
    await elsewhere.add("only-there")
    await operator.open("/subscribers")
    await operator.should_see(Keys)
    operator.find(Keys).trigger("key", "ctrl-k")
    await operator.should_see(PaletteBox)
    operator.find(PaletteBox).trigger("query", "only-there")
    box = operator.find(PaletteBox).elements.pop()
    await until(lambda: "exists in" in box.props["said"])
    assert box.props["said"] == "Nobody matches. Exactly this id exists in production."


async def test_without_other_environments_nothing_of_them_is_shown(operator: User) -> None:
    await add_here("alone")
    await operator.open("/subscribers/alone")
    await operator.should_see(marker="profile")
    await operator.should_not_see("In other environments")
    await operator.open("/subscribers?q=nobody-has-this-id")
    await operator.should_see(marker="no-results")
    await operator.should_not_see(marker="sightings")
