"""Hostile text × places × themes, with the content policy on: nothing runs, nothing is reported, all is text.

The person's own page is in `test_person_hostile.py`; these are all other places.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, expect

from tests.browser import servers
from tests.browser.awaiting import settled
from tests.browser.conftest import USUAL
from tests.browser.hostile import ALL, TEXTS
from tests.browser.injection import MARK, fill

THEMES = ("light", "dark")
Place = Callable[[Page], str]
JOB: list[str] = []


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """On an API of its own: no other test is to meet these people."""
    folder = tmp_path_factory.mktemp("injection")
    name = "<img src=x onerror=window.__xss=1>{{7*7}}"
    with (
        servers.embedded_api(folder, subscribers=30) as api,
        servers.dashboard(folder, api_url=api.url, DASHBOARD_ENVIRONMENT=name[:40]) as shown,
        closing(browser.new_context(**USUAL, base_url=shown.url)) as context,
    ):
        page = context.new_page()
        page.goto(servers.sign_in_link(shown))
        JOB[:] = [fill(shown.data, api.url)]
        yield page


@pytest.fixture
def reports(page: Page) -> Iterator[list[str]]:
    """What a script, a dialog or the content policy would leave behind."""
    found: list[str] = []
    heard: dict[str, Any] = {
        "dialog": lambda dialog: dialog.accept() if is_ours(dialog) else found.append(dialog.message),
        "pageerror": lambda error: found.append(str(error)),
        "console": lambda message: found.append(message.text) if is_report(page, message) else None,
        "request": lambda request: found.append(request.url) if is_leak(request.url) else None,
    }
    for event, hear in heard.items():
        page.on(event, hear)  # type: ignore[call-overload]  # one of four names
    yield found
    for event, hear in heard.items():
        page.remove_listener(event, hear)


TEXT = (
    "at => [...document.querySelectorAll(at)].map(one => `${one.textContent} ${one.value ?? ''}`).join(' ')"
)
UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"


def text_of(page: Page, selector: str) -> str:
    """What stands there as text; what was folded is unfolded."""
    expect(page.locator(selector).first).to_be_attached()
    settled(page)
    page.evaluate(UNFOLD)
    return str(page.evaluate(TEXT, selector))


def at(path: str, selector: str, wait: str = "") -> Place:
    """A place that is there once the page is."""

    def read(page: Page) -> str:
        if page.url.partition("://")[2].partition("/")[2] != path.lstrip("/"):
            page.goto(path)
        expect(page.locator(wait or selector).first).to_be_attached()
        return text_of(page, selector)

    return read


def list_of_people(selector: str) -> Place:
    return at(f"/subscribers?q={MARK}&size=100", selector, f"table.people a[href*='{MARK}-26']")


def told(what: str) -> Place:
    return at("/audit?outcome=failed", what, ".audit-lines li:nth-child(27)")


def job(selector: str) -> Place:
    """Which job is known only once the dashboard is full."""

    def read(page: Page) -> str:
        return at(f"/jobs/{JOB[0]}", selector, ".results tbody tr:nth-child(27)")(page)

    return read


def is_report(page: Page, message: ConsoleMessage) -> bool:
    """An error, other than that a page which was asked for on purpose does not exist."""
    is_the_page_itself = "404" in message.text and message.location["url"] == page.url
    return message.type == "error" and not is_the_page_itself


def is_ours(dialog: Dialog) -> bool:
    """The browser's own question whether to leave what was typed: it has no text."""
    return dialog.type == "beforeunload"


def is_leak(url: str) -> bool:
    """Whether a style or a picture of a hostile text was fetched."""
    return urlsplit(url).hostname == "evil.example"


def everywhere(*names: str, text: str = ALL) -> str:
    """One text as each of these values of an address."""
    return urlencode([(name, text) for name in names])


def parts(most: int = 280) -> Iterator[str]:
    """All texts, a few at a time: a search takes no more than three hundred characters."""
    part = ""
    for text in TEXTS:
        if len(part) + len(text) > most:
            yield part
            part = ""
        part += f"{text} "
    yield part


def searched(*names: str) -> Place:
    """What was looked for is said back: in the fields, the chips and the face that says there is nothing."""

    def read(page: Page) -> str:
        shown = ""
        for part in parts():
            page.goto(f"/subscribers?{everywhere(*names, text=part)}")
            expect(page.locator(".no-results, .failed").first).to_be_visible()
            shown += text_of(page, ".stage") + text_of(page, "input")
        return shown

    return read


def palette(page: Page) -> str:
    at("/jobs", "h1")(page)
    page.keyboard.press("Control+k")
    box = page.get_by_role("dialog").locator("input")
    box.fill(MARK)
    expect(page.get_by_role("dialog").get_by_text(MARK).first).to_be_visible()
    box.fill(" ".join(ALL.split()))
    return text_of(page, "[role=dialog] input")


def views(page: Page) -> str:
    at("/subscribers", "h1")(page)
    page.get_by_role("button", name="Saved").first.click()
    expect(page.get_by_role("dialog").get_by_text(TEXTS[0][:80]).first).to_be_visible()
    shown = text_of(page, "[role=dialog]")
    page.keyboard.press("Escape")
    return shown


def created(page: Page) -> str:
    at("/subscribers", "h1")(page)
    page.get_by_role("button", name="Create", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Subscriber id")).to_be_visible()
    for field in dialog.locator("input[type=text], textarea").filter(visible=True).all():
        field.fill(ALL)
    shown = text_of(page, "[role=dialog] input, [role=dialog] textarea")
    page.reload()
    return shown


def unknown_person(page: Page) -> str:
    page.goto("/subscribers/" + quote(ALL, safe=""))
    expect(page.locator(".failed, .no-results, [role=alert]").first).to_be_visible()
    return text_of(page, ".stage")


def unknown_page(page: Page) -> str:
    page.goto("/" + quote(ALL, safe=""))
    expect(page.get_by_text("There is no page at this address")).to_be_visible()
    return text_of(page, ".stage")


def odd_state(page: Page) -> str:
    page.goto(f"/subscribers?{everywhere('sort', 'dir', 'cols', 'rows', 'after', 'has')}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return text_of(page, ".stage")


def log_filters(page: Page) -> str:
    page.goto(f"/audit?{everywhere('who', 'action', 'about', 'where', 'since', 'until', 'outcome')}")
    expect(page.get_by_text("No matching lines")).to_be_visible()
    return text_of(page, ".audit-filters") + text_of(page, ".audit-filters input")


def reasons(page: Page) -> str:
    at("/operators", ".operator-list li")(page)
    page.get_by_role("button", name="Add operator").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(ALL)
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(dialog.get_by_text("A name has 2 to 60")).to_be_visible()
    shown = text_of(page, "[role=dialog] input")
    page.reload()
    return shown


def tab_title(page: Page) -> str:
    page.goto(f"/subscribers/{MARK}-all")
    expect(page).to_have_title(re.compile(f"^{re.escape(TEXTS[0])}"))
    return page.title()


def environment(page: Page) -> str:
    at("/jobs", "h1")(page)
    return text_of(page, ".band")


PLACES: dict[str, Place] = {
    "list: name and id": list_of_people("table.people tbody td .who"),
    "list: every cell": list_of_people("table.people tbody td"),
    "search box": searched("q"),
    "four filters": searched("name", "phone", "id", "email"),
    "palette": palette,
    "saved views": views,
    "create dialog": created,
    "unknown person": unknown_person,
    "unknown page": unknown_page,
    "odd values in the list's address": odd_state,
    "title of the tab": tab_title,
    "name of the environment": environment,
    "jobs: who chose whom": at("/jobs", ".job-list"),
    "job: title and search": job(".page"),
    "job: person": job(".results td:nth-child(1)"),
    "job: what happened": job(".results td:nth-child(3)"),
    "log: who": told(".audit-lines .who"),
    "log: action and subject": told(".audit-lines .what"),
    "log: subject": told(".audit-lines .what .mono"),
    "log: facts": told(".audit-lines dl"),
    "log: before": told(".audit-more [role=tree]:nth-of-type(1)"),
    "log: before and after": told(".audit-more"),
    "log: choices of who": told("select[aria-label=Who]"),
    "log: choices of action": told("select[aria-label=Action]"),
    "log: filters from the address": log_filters,
    "operators: names": at("/operators", ".operator-list li b", ".operator-list li:nth-child(27)"),
    "operators: refused name": reasons,
    "operators: menus": at("/operators", ".operator-list", ".operator-list li:nth-child(27)"),
}


# Where not all of them can be, or none is repeated: there it only counts that nothing runs.
SHOWN: dict[str, tuple[str, ...]] = {
    "name of the environment": (TEXTS[2],),
    "unknown person": (),
    "unknown page": (),
    "odd values in the list's address": (),
}


def stands(text: str, shown: str) -> bool:
    """As it is, or as what keeps it has to change it: cut, without signs that cannot be stored or printed."""
    plain = "".join(sign for sign in text if sign.isprintable())
    flat = " ".join(text.split())
    changed = (
        text,
        text.replace("\0", "\ufffd"),
        text.replace("\0", " "),
        plain,
        flat,
        text[:20],
        plain[:40],
    )
    return any(one in shown for one in changed)


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_runs_and_everything_is_text(page: Page, reports: list[str], theme: Any) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    wrong: list[str] = []
    for name, read in PLACES.items():
        shown = read(page)
        wrong += [
            f"{name}: {text!r} is not there" for text in SHOWN.get(name, TEXTS) if not stands(text, shown)
        ]
        if page.evaluate("window.__xss") is not None:
            wrong.append(f"{name}: something ran")
        if page.locator(".stage iframe, .stage script, .stage style, a[href^='javascript' i]").count():
            wrong.append(f"{name}: markup came alive")
    assert wrong == []
    assert reports == []


def test_there_are_at_least_750_checks() -> None:
    assert len(TEXTS) * len(PLACES) >= 750
