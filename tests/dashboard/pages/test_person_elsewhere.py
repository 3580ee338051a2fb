"""Who else has the same e-mail: asked beside the profile, and a failure is never told as nobody."""

import pytest
from nicegui.testing import User

from api_client import NewSubscriber
from tests import harness

ADA = NewSubscriber(subscriber_id="ada", email="ada@twins.example", data={"plan": "pro"})


async def test_a_search_that_fails_is_said_and_the_profile_stands(
    operator: User, caplog: pytest.LogCaptureFixture
) -> None:
    await harness.current().ctx.api.subscribers.create(ADA)
    harness.current().faults.next(9, route="GET /v2/subscribers", status=500)
    await operator.open("/subscribers/ada")
    await operator.should_see("Could not check whether others have the same e-mail.")
    await operator.should_see(marker="profile")
    caplog.clear()


async def test_a_part_of_the_email_is_nobody_elses(operator: User) -> None:
    await harness.current().ctx.api.subscribers.create(ADA)
    other = NewSubscriber(subscriber_id="other", email="ada@twins.example.org")
    await harness.current().ctx.api.subscribers.create(other)
    await operator.open("/subscribers/ada")
    await operator.should_see("14 bytes as JSON")
    await operator.should_not_see("Same e-mail as:")


async def test_people_with_the_same_email_are_shown_side_by_side(operator: User) -> None:
    await harness.current().ctx.api.subscribers.create(ADA)
    twin = NewSubscriber(subscriber_id="ada-2", email="Ada@Twins.example", locale="de_DE")
    await harness.current().ctx.api.subscribers.create(twin)
    await operator.open("/subscribers/ada")
    await operator.should_see(marker="beside-email")
    operator.find(marker="beside-email").click()
    await operator.should_see("de_DE")
    await operator.should_see("Open this one")
