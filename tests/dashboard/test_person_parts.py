"""Small pure parts of a person's page: feed filter, way back of a mark, matrix, snippets, pasted lines."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from api_client import ApiError, FeedItem, FeedPage, MarkAs, Preferences
from dashboard.pages.create.lines import parse
from dashboard.pages.subscriber.counting import counts
from dashboard.pages.subscriber.feed_filter import BadPayload, FeedFilter, payload_of
from dashboard.pages.subscriber.marking import others, way_back
from dashboard.pages.subscriber.matrix import back_to, matrix
from dashboard.pages.subscriber.source import Wanted
from dashboard.pages.subscriber.state import PersonState
from dashboard.reading import Reader
from dashboard.snippets import Call, as_curl, as_python, one_person


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("id=7", {"id": 7}),
        ("order.name=a=b", {"order": {"name": "a=b"}}),
        ('{"a": {"b": true}}', {"a": {"b": True}}),
        ('plan="7"', {"plan": "7"}),
    ],
)
def test_a_payload_is_understood_in_both_forms(text: str, payload: Any) -> None:
    assert payload_of(text) == payload


@pytest.mark.parametrize(
    "text", ["hello", "{", "=1", "[1]", ".".join("a" * 900) + "=1", '{"a":' * 300 + "1" + "}" * 300]
)
def test_a_payload_that_makes_no_sense_is_said_to_be_so(text: str) -> None:
    with pytest.raises(BadPayload):
        payload_of(text)


def test_the_address_holds_tab_filter_and_page() -> None:
    state = PersonState("feed", 2, FeedFilter("unread", "news", "id=7"))
    assert PersonState.from_query(state.to_query()) == state


def test_the_address_holds_the_search_in_the_matrix() -> None:
    state = PersonState("preferences").narrowed("welcome", only_off=True)
    assert state.to_query() == {"tab": "preferences", "find": "welcome", "off": "1"}
    assert PersonState.from_query(state.to_query()) == state
    assert state.on_tab("feed").to_query() == {"tab": "feed"}


def test_the_call_that_is_shown_asks_as_the_panel_does() -> None:
    wanted = FeedFilter("unread", " news ", "id=7")
    assert wanted.as_query() == {"read": "false", "feedIdentifier": "news", "payload": "eyJpZCI6N30="}


async def test_a_figure_that_failed_does_not_look_like_one_that_the_server_does_not_tell() -> None:
    async def unseen(*_: Any, **__: Any) -> int:
        return 3

    async def fail(*_: Any, **__: Any) -> None:
        raise ApiError("Novu failed.")

    parts = SimpleNamespace(
        feed=SimpleNamespace(unseen_count=unseen), notifications=SimpleNamespace(count=fail)
    )
    found = await counts(cast("Reader", parts), "ada")
    assert (found.unseen.text, found.unread.text, found.unread.trouble) == ("3", "?", "Novu failed.")
    assert found.archived.text == "—"


async def test_more_messages_than_can_be_remembered_are_found_out_before_marking() -> None:
    class Endless:
        async def page(self, _: str, *, page: int, **__: Any) -> FeedPage:
            return FeedPage(items=(FeedItem(id=f"m{page}"),), has_more=True)

    reader = cast("Reader", SimpleNamespace(feed=Endless()))
    assert await others(reader, "ada", MarkAs.READ, feeds=()) is None


async def test_a_message_that_moves_to_the_next_page_meanwhile_is_named_once() -> None:
    class Moving:
        async def page(self, _: str, *, page: int, **__: Any) -> FeedPage:
            return FeedPage(items=(FeedItem(id="m1"), FeedItem(id=f"m{page + 2}")), has_more=page == 0)

    reader = cast("Reader", SimpleNamespace(feed=Moving()))
    known = await others(reader, "ada", MarkAs.READ, feeds=())
    assert known == {(MarkAs.UNREAD, MarkAs.UNSEEN): ["m1", "m2", "m3"]}


@pytest.mark.parametrize(
    ("seen", "read", "marks"),
    [
        (True, True, ["read"]),
        (True, False, ["unread"]),
        (False, False, ["unread", "unseen"]),
        (False, True, ["read", "unseen"]),
    ],
)
def test_every_state_of_a_message_can_be_restored(seen: bool, read: bool, marks: list[str]) -> None:
    assert [one.value for one in way_back(FeedItem(id="m", seen=seen, read=read))] == marks


def preferences() -> Preferences:
    return Preferences.model_validate(
        {
            "global": {"channels": {"email": False, "in_app": True}},
            "workflows": [
                {"channels": {"email": True}, "workflow": {"identifier": "kept", "name": "Kept"}},
                {"channels": {"email": False}, "workflow": {"identifier": "follows"}},
                {"channels": {"email": True}, "workflow": {"identifier": "alarm"}},
            ],
        }
    )


def test_the_matrix_knows_what_a_global_change_would_drop() -> None:
    shown = matrix(Wanted(preferences(), frozenset({"alarm"})))
    assert [row.key for row in shown.own_choices("email")] == ["kept"]
    assert [row.key for row in shown.found("", only_off=True)] == ["follows"]
    assert [row.key for row in shown.found("KEP", only_off=False)] == ["kept"]


def test_a_reset_leaves_off_what_is_off_by_default() -> None:
    shown = matrix(
        Wanted(
            Preferences.model_validate(
                {
                    "global": {"channels": {"email": True}},
                    "workflows": [
                        {"channels": {"email": False}, "workflow": {"identifier": "quiet"}},
                        {
                            "channels": {"email": False},
                            "workflow": {"identifier": "chosen"},
                            "updatedAt": "2026-01-01T00:00:00Z",
                        },
                    ],
                }
            )
        )
    )
    assert shown.off_by_default() == {"quiet": {"email": False}}


def test_a_global_change_is_taken_back_with_the_choices_it_dropped() -> None:
    overall, own = back_to(preferences(), ("email",))
    assert overall == {"email": False}
    assert own == {"kept": {"email": True}, "alarm": {"email": True}}


def test_a_snippet_quotes_the_id_and_never_holds_a_key() -> None:
    call = Call("PATCH", one_person("a/b'; rm -rf ~"), body={"name": "it's"})
    for text in (as_curl(call, "https://api.novu.co/"), as_python(call, "https://api.novu.co")):
        assert "a%2Fb%27%3B%20rm%20-rf%20~" in text
        assert "NOVU_SECRET_KEY" in text


def test_pasted_lines_become_people_and_bad_ones_are_named() -> None:
    found = parse("a, a@example.com, Ada, , +49 151 12345678, tok\n\nb\n, nobody@example.com\na\nc, not-mail")
    assert [(one.subscriber_id, one.token) for one in found.people] == [("a", "tok"), ("b", "")]
    assert found.people[0].fields["phone"] == "+4915112345678"
    assert [text.split(":")[0] for text in found.problems] == ["Line 4", "Line 5", "Line 6"]
