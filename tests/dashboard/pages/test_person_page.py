"""One person's page: head and tabs load on their own, and an unknown person is said to be unknown."""

import pytest
from nicegui.testing import User

from tests import harness


async def first_id() -> str:
    page = await harness.current().ctx.reader.subscribers.search(limit=1)
    return page.items[0].subscriber_id


async def test_the_head_names_the_person_and_its_channels(operator: User) -> None:
    subscriber_id = await first_id()
    await operator.open(f"/subscribers/{subscriber_id}")
    await operator.should_see(marker="person-name")
    await operator.should_see(subscriber_id)
    await operator.should_see(marker="channel-email")


async def test_an_unknown_person_gets_a_plain_sentence(operator: User) -> None:
    await operator.open("/subscribers/nobody-here")
    await operator.should_see("This does not exist, or not any longer.")
    await operator.should_not_see(marker="person-name")


async def test_a_broken_feed_leaves_the_rest_of_the_page_usable(
    operator: User, caplog: pytest.LogCaptureFixture
) -> None:
    subscriber_id = await first_id()
    harness.current().faults.next(9, route="GET /v1/subscribers/{id}/notifications/feed", status=503)
    await operator.open(f"/subscribers/{subscriber_id}?tab=feed")
    await operator.should_see("The feed could not be loaded", retries=60)
    await operator.should_see(marker="person-name")
    caplog.clear()


async def test_nonsense_in_the_address_opens_the_first_tab(operator: User) -> None:
    await operator.open(f"/subscribers/{await first_id()}?tab=nonsense&page=abc")
    await operator.should_see(marker="person-name")
