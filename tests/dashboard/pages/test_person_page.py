"""One person's page: head and tabs load on their own, and an unknown person is said to be unknown."""

import httpx
import pytest
from nicegui.testing import User

from api_client import NewSubscriber, SubscriberPatch
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
    await operator.should_see("Nobody has the id “nobody-here”")
    await operator.should_see("This does not exist, or no longer does.")
    await operator.should_not_see(marker="person-name")


async def test_a_broken_feed_leaves_the_rest_of_the_page_usable(
    operator: User, caplog: pytest.LogCaptureFixture
) -> None:
    subscriber_id = await first_id()
    harness.current().faults.next(9, route="GET /v1/subscribers/{id}/notifications/feed", status=503)
    await operator.open(f"/subscribers/{subscriber_id}?tab=feed")
    await operator.should_see("The feed could not be loaded")
    await operator.should_see(marker="person-name")
    caplog.clear()


async def test_all_topics_of_a_person_are_read_page_by_page(operator: User) -> None:
    topics = [
        {"_id": f"{at:024x}", "topic": {"key": f"key-{at}", "name": f"Topic {at}."}} for at in range(120)
    ]

    def answer(request: httpx.Request) -> httpx.Response:
        begin = int(request.url.params.get("after", "0"))
        end = begin + int(request.url.params["limit"])
        more = str(end) if end < len(topics) else None
        return httpx.Response(200, json={"data": topics[begin:end], "next": more, "previous": None})

    harness.current().network.answers["/subscriptions"] = answer
    await operator.open(f"/subscribers/{await first_id()}?tab=activity")
    await operator.should_see("Topic 49.")
    await operator.should_not_see("Topic 50.")
    for _ in range(2):
        operator.find(marker="more-topics").click()  # twice, as hasty people do
    await operator.should_see("Topic 99.")
    await operator.should_not_see("Topic 119.")
    operator.find(marker="more-topics").click()
    await operator.should_see("Topic 119.")
    await operator.should_see("Topic 0.")
    await operator.should_not_see(marker="more-topics")


async def test_who_a_message_comes_from_stands_beside_it(operator: User) -> None:
    item = {
        "_id": "0" * 24,
        "content": "Look at this",
        "channel": "in_app",
        "actor": {"type": "user", "data": "https://pictures.example/x.png"},
        "actorSubscriber": {"_id": "1" * 24, "subscriberId": "bob", "firstName": "Bob", "lastName": "B"},
        "tags": ["friends"],
    }
    page = {"data": [item], "totalCount": 1, "hasMore": False, "pageSize": 10, "page": 0}
    network = harness.current().network
    network.answers["/notifications/feed"] = lambda _: httpx.Response(200, json=page)
    await operator.open(f"/subscribers/{await first_id()}?tab=feed")
    for text in ("Look at this", "from Bob B", "friends", "Unseen", "Unread"):
        await operator.should_see(text)


async def test_a_payload_that_makes_no_sense_is_said_whatever_page_the_address_names(operator: User) -> None:
    await operator.open(f"/subscribers/{await first_id()}?tab=feed&page=3&payload=oops")
    await operator.should_see("Write a name and a value")
    await operator.should_see("No message matches")


async def test_a_message_is_archived_from_the_feed_and_undo_brings_it_back(operator: User) -> None:
    await harness.current().ctx.api.events.trigger("inbox-plain", "archivist", {"name": "x"})
    await operator.open("/subscribers/archivist?tab=feed")
    await operator.should_see("Hello x")
    operator.find(marker="archive").click()
    await operator.should_see("Unarchive")
    operator.find(marker="undo").click()
    await operator.should_not_see("Unarchive")
    [item] = (await harness.current().ctx.reader.feed.page("archivist")).items
    assert (item.archived, item.read, item.seen) == (False, False, False)


async def test_a_test_message_is_awaited_by_its_transaction_and_no_older_one_is_taken_for_it(
    operator: User,
) -> None:
    shared = harness.current()
    await shared.ctx.api.events.trigger("inbox-plain", "waiter", {"name": "before"})
    seen: list[int] = []

    def late(request: httpx.Request) -> httpx.Response:
        seen.append(1)
        item = {"_id": f"{len(seen):024x}", "content": "Still under way", "channel": "in_app"}
        if len(seen) > 2:
            item |= {"content": "Here it is", "transactionId": "t-9"}
        return httpx.Response(200, json={"data": [item], "hasMore": False, "pageSize": 10, "page": 0})

    answer = {"data": {"acknowledged": True, "status": "processed", "transactionId": "t-9"}}
    shared.network.answers["/events/trigger"] = lambda _: httpx.Response(201, json=answer)
    shared.network.answers["/notifications/feed"] = late
    await operator.open("/subscribers/waiter")
    await operator.should_see(marker="send-test")
    operator.find(marker="send-test").click()
    await operator.should_see(marker="test-workflow")
    operator.find(marker="send").click()
    await operator.should_see("Still under way")
    await operator.should_see("Here it is")


async def test_a_test_message_that_novu_does_not_take_is_said_and_the_dialog_stays(operator: User) -> None:
    shared = harness.current()
    answer = {"data": {"acknowledged": True, "status": "error", "error": ["Payload is missing a name"]}}
    shared.network.answers["/events/trigger"] = lambda _: httpx.Response(201, json=answer)
    await operator.open(f"/subscribers/{await first_id()}")
    await operator.should_see(marker="send-test")
    operator.find(marker="send-test").click()
    await operator.should_see(marker="test-workflow")
    operator.find(marker="send").click()
    await operator.should_see("Novu refused it: Payload is missing a name")
    await operator.should_see(marker="test-workflow")


async def test_a_page_of_the_feed_that_is_gone_says_so(operator: User) -> None:
    await operator.open(f"/subscribers/{await first_id()}?tab=feed&page=900")
    await operator.should_see("No message is on this page any longer.", retries=20)


async def test_a_switch_redraws_the_matrix_and_leaves_the_search_above_it_alone(operator: User) -> None:
    await operator.open(f"/subscribers/{await first_id()}?tab=preferences")
    await operator.should_see(marker="find-workflow", retries=20)
    boxes = operator.find(marker="find-workflow").elements
    operator.find(marker="switch-inbox-plain-in_app").trigger("change", False)
    await operator.should_see("In-app switched off for inbox plain.", retries=20)
    assert operator.find(marker="find-workflow").elements == boxes


async def test_who_is_reached_without_any_connection_is_not_said_to_have_none(operator: User) -> None:
    person = NewSubscriber(subscriber_id="phone", phone="+4915112345678")
    await harness.current().ctx.api.subscribers.create(person)
    await operator.open("/subscribers/phone")
    await operator.should_see("Push 0", retries=60)
    await operator.should_not_see("Chat 0")


async def test_nonsense_in_the_address_opens_the_first_tab(operator: User) -> None:
    await operator.open(f"/subscribers/{await first_id()}?tab=nonsense&page=abc")
    await operator.should_see(marker="person-name")


async def test_the_head_counts_tokens_and_says_where_no_time_zone_is_stored(operator: User) -> None:
    await harness.current().ctx.api.subscribers.create(NewSubscriber(subscriber_id="bare"))
    await operator.open("/subscribers/bare")
    await operator.should_see("Push 0")
    await operator.should_see("Chat 0")
    await operator.should_see("No time zone stored")
    patch = SubscriberPatch(timezone="Asia/Tokyo")
    await harness.current().ctx.api.subscribers.patch("bare", patch)
    await operator.open("/subscribers/bare")
    await operator.should_see("there (Asia/Tokyo)")


async def test_archived_messages_on_a_server_that_cannot_list_them_are_said_to_be_so(operator: User) -> None:
    route = "GET /v2/subscribers/{subscriberId}/notifications"
    harness.current().faults.next(9, route=route, status=404)
    await operator.open(f"/subscribers/{await first_id()}?tab=feed&show=archived")
    await operator.should_see("This server cannot list archived or snoozed messages")


async def test_a_deletion_asks_first_and_says_that_nothing_brings_the_message_back(operator: User) -> None:
    await harness.current().ctx.api.events.trigger("inbox-plain", "deleter", {"name": "x"})
    await operator.open("/subscribers/deleter?tab=feed")
    await operator.should_see("Hello x")
    operator.find(marker="delete-message").click()
    await operator.should_see("It cannot be undone.")
    assert (await harness.current().ctx.reader.feed.page("deleter")).items
    operator.find(marker="confirm-delete-message").click()
    await operator.should_see("No in-app messages")


async def test_a_tab_that_does_not_exist_is_said_to_be_so_and_the_profile_is_shown(operator: User) -> None:
    await operator.open(f"/subscribers/{await first_id()}?tab=everything")
    await operator.should_see("Part of this address was not understood and was left out: “tab”.")
    await operator.should_see("Can this person be reached?")
