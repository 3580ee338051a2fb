"""Hostile text in every place of a person's page: nothing runs, everything is visible as it is."""

import json
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard import paths
from tests.browser import servers
from tests.browser.awaiting import settled
from tests.browser.conftest import USUAL
from tests.browser.hostile import ALL, LONG, SHORT, TEXTS
from tests.browser.hostile_api import REFUSED

PERSON = f"<img src=x onerror=window.__xss=1>/?#%2e{{{{7*7}}}}' {uuid.uuid4().hex[:6]}"
RAN = "window.__xss"


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A signed-in page over an API that says hostile things, with a hostile person in it."""
    folder, port = tmp_path_factory.mktemp("hostile"), servers.free_port()
    command = [sys.executable, "-m", "tests.browser.hostile_api", str(port)]
    with (
        servers.serve(command, folder, port=port) as api,
        servers.dashboard(folder, api_url=api.url) as shown,
        closing(browser.new_context(**USUAL, base_url=shown.url)) as context,
    ):
        _create_people(api.url)
        page = context.new_page()
        page.goto(servers.sign_in_link(shown))
        yield page


@pytest.fixture
def reports(page: Page) -> Iterator[list[str]]:
    """What a script, a dialog or the content policy would leave behind; there is to be nothing."""
    found: list[str] = []
    page.on("dialog", lambda dialog: found.append(dialog.message))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    yield found
    assert page.evaluate(RAN) is None
    assert page.locator(".stage iframe, .stage script, .stage style").count() == 0
    assert page.locator("a[href^='javascript' i], a[href^='data:' i]").count() == 0
    assert found == []


def _create_people(url: str) -> None:
    headers = {"Authorization": f"ApiKey {servers.KEY}"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False) as api:
        fields = dict.fromkeys(("firstName", "lastName", "phone", "avatar"), ALL)
        data = {
            "all": ALL,
            "long": LONG,
            ":html": "window.__xss=1",
            "__proto__x": {text: text for text in TEXTS},
        }
        new = {"subscriberId": PERSON, **fields, "email": "'onload=window.__xss=1'@example.com", "data": data}
        api.post("/v2/subscribers", json=new).raise_for_status()
        api.post("/v2/subscribers", json={"subscriberId": REFUSED, "firstName": "Rita"}).raise_for_status()
        for workflow in ("inbox-plain", "inbox-buttons", "inbox-news", "welcome-v2", "order-shipped"):
            payload = {"name": ALL, "id": ALL, "who": ALL, ALL: ALL}
            body = {"name": workflow, "to": {"subscriberId": PERSON}, "payload": payload}
            api.post("/v1/events/trigger", json=body).raise_for_status()
        path = f"/v1/subscribers/{quote(PERSON, safe='')}/credentials"
        for provider, credentials in (
            ("fcm", {"deviceTokens": list(TEXTS)}),
            ("slack", {"webhookUrl": ALL, "channel": ALL}),
        ):
            body = {"providerId": provider, "credentials": credentials}
            api.put(path, json=body).raise_for_status()


def show(page: Page, person: str, query: str = "") -> None:
    page.goto(paths.subscriber(person) + query)
    expect(page.locator(".figure b").first).not_to_have_text("…")
    settled(page)


def missing(place: Locator) -> list[str]:
    """The texts that do not stand there as they are."""
    text = place.evaluate("place => place.textContent")
    return [one for one in TEXTS if one not in text]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_profile_reach_and_custom_data(page: Page, reports: list[str], theme: Any) -> None:
    page.emulate_media(color_scheme=theme)
    show(page, PERSON)
    assert missing(page.get_by_role("heading", level=1)) == []
    assert page.locator(".person .mono").first.text_content() == PERSON
    facts = page.locator("dl.facts")
    for name in ("First name", "Last name", "Phone", "Picture"):
        assert missing(facts.locator("> div").filter(has=page.locator(f"dt:text-is('{name}')"))) == []
    tree = page.get_by_role("tree", name="Custom data")
    assert missing(tree) == []
    assert LONG in (tree.text_content() or "")
    tree.get_by_role("treeitem").filter(has_text="27 entries").click()
    tree.get_by_role("treeitem").filter(has_text="27 entries").click()
    assert missing(tree) == []
    page.get_by_label("By which workflow").select_option("welcome-v2")
    expect(page.get_by_text("has no SMS step")).to_be_visible()
    assert missing(page.get_by_role("region", name="Can this person be reached?")) == []
    assert reports == []


def test_the_form_and_its_conflict(page: Page, reports: list[str]) -> None:
    show(page, PERSON, "?edit=first_name")
    field = page.get_by_label("First name")
    assert field.input_value() in ALL.replace("\n", "").replace("\r", "")  # one line, as any text input
    assert missing_in(page.get_by_label("Custom data").input_value()) == []
    assert reports == []


def test_the_feed_with_its_details(page: Page, reports: list[str]) -> None:
    show(page, PERSON, "?tab=feed")
    messages = page.get_by_role("list", name="Messages")
    assert missing(messages) == []
    for more in messages.locator("summary").all():
        more.click()
    trees = page.get_by_role("tree", name="Payload of the message")
    assert [missing(tree) for tree in trees.all()] == [[]] * 5
    messages.get_by_role("button", name="Mark read").first.click()
    expect(page.get_by_text("Marked as read.")).to_be_visible()
    assert reports == []


def test_names_of_workflows_in_preferences_and_runs(page: Page, reports: list[str]) -> None:
    show(page, PERSON, "?tab=preferences")
    assert missing(page.get_by_role("row").filter(has_text="welcome-v2")) == []
    page.get_by_role("switch", name="E-mail for Welcome V2").click()
    expect(page.get_by_text("E-mail switched off for Welcome V2")).to_be_visible()
    assert missing(page.locator(".undo-toast").last) == []
    show(page, PERSON, "?tab=activity")
    runs = page.get_by_role("region", name="Runs of workflows")
    runs.locator("summary").first.click()
    assert missing(runs) == []
    assert reports == []


def test_credentials_and_their_integrations(page: Page, reports: list[str]) -> None:
    show(page, PERSON, "?tab=credentials")
    expect(page.get_by_role("heading", name="Slack").first).to_be_visible()
    assert reports == []


@pytest.mark.parametrize(
    ("query", "opens", "marker"),
    [
        ("", "Raw: profile as JSON and as an API call", "in it"),
        ("?tab=feed", "Raw: feed as JSON and as an API call", "in it"),
        ("", "Send test", ""),
        ("", "Delete this person", ""),
    ],
)
def test_dialogs(page: Page, reports: list[str], query: str, opens: str, marker: str) -> None:
    show(page, PERSON, query)
    page.get_by_role("button", name=opens).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    if marker:
        expect(dialog).to_contain_text("<script>window.__xss=1</script>")
    dialog.get_by_role("button", name="Close").first.click()
    expect(dialog).to_have_count(0)
    assert reports == []


def test_what_the_api_says_in_its_errors(page: Page, reports: list[str]) -> None:
    for query in ("?tab=feed", "?tab=preferences", "?tab=activity"):
        page.goto(paths.subscriber(REFUSED) + query)
        face = page.get_by_role("alert").first
        expect(face).to_be_visible()
        face.locator("summary").click()
        expect(face.locator("pre")).to_contain_text(SHORT[:200])
    assert reports == []


def missing_in(text: str) -> list[str]:
    """As JSON writes them: line ends and unprintable signs escaped."""
    return [one for one in TEXTS if json.dumps(one, ensure_ascii=False)[1:-1] not in text]
