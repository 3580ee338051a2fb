"""Hostile text in every place of a person's page: nothing runs, everything is visible as it is."""

import re
import uuid

import httpx
from playwright.sync_api import Page, expect

TEXTS = (
    "<script>window.__xss=1</script>",
    "</script><script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    "<svg onload=window.__xss=1>",
    '<iframe srcdoc="<script>parent.__xss=1</script>">',
    '"><img src=x onerror=window.__xss=1>',
    "' onmouseover=window.__xss=1 '",
    "javascript:window.__xss=1",
    "JaVa\tscript:window.__xss=1",
    "data:text/html,<script>parent.__xss=1</script>",
    "{{7*7}}",
    "{{_openBlock.constructor('window.__xss=1')()}}",
    "${7*7}",
    "</title><script>window.__xss=1</script>",
    "</style><style>*{display:none}</style>",
    "\u202eabc",
    "a\u2028b",
    "' OR 1=1--",
    "%0d%0aSet-Cookie: a=b",
    "\x1b[31mred",
)
TABS = ("", "?edit=email", "?tab=feed", "?tab=preferences", "?tab=credentials", "?tab=activity")


def test_hostile_text_is_shown_and_never_run(page: Page, api_calls: httpx.Client) -> None:
    reports: list[str] = []
    page.on(
        "console",
        lambda message: reports.append(message.text) if "Content Security" in message.text else None,
    )
    page.on("dialog", lambda dialog: reports.append(dialog.message))
    evil = "\n".join(TEXTS)
    subscriber_id = f"<img src=x onerror=window.__xss=1>{uuid.uuid4().hex[:8]}"
    body = dict.fromkeys(("firstName", "lastName", "phone", "avatar"), evil)
    data = {text: text for text in TEXTS} | {":html": "window.__xss=1", "__proto__x": {"a": 1}}
    api_calls.post(
        "/v2/subscribers", json={"subscriberId": subscriber_id, **body, "data": data}
    ).raise_for_status()
    for workflow in ("inbox-plain", "inbox-buttons", "inbox-news", "welcome-v2"):
        sent = {
            "name": workflow,
            "to": {"subscriberId": subscriber_id},
            "payload": {"name": evil, "id": evil, "who": evil, evil: evil},
        }
        api_calls.post("/v1/events/trigger", json=sent).raise_for_status()
    page.goto("/subscribers")
    page.get_by_label("Find subscribers by").fill(subscriber_id)
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text(TEXTS[0])
    # The header is drawn from the row at once, a moment before the address follows.
    expect(page).to_have_url(re.compile(r"/subscribers/."))
    address = page.url.split("?")[0]
    for tab in TABS:
        page.goto(address + tab)
        expect(page.locator(".figure b").first).to_have_text("4")
        expect(page.get_by_text("Loading")).to_have_count(0)
        assert page.evaluate("window.__xss") is None
        assert page.locator("main iframe, .stage iframe, .stage script").count() == 0
    page.goto(address + "?tab=feed")
    messages = page.get_by_role("list", name="Messages")
    shown = messages.inner_text()
    for text in (TEXTS[0], TEXTS[2], TEXTS[10], TEXTS[11]):
        assert text in shown
    for more in messages.locator("summary").all():
        more.click()
    assert page.locator(".stage a[href^='javascript'], .stage a[href^='data:']").count() == 0
    assert page.evaluate("window.__xss") is None
    assert reports == []
