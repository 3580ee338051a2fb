"""The browser's address as a page sees it: read the query, push or replace it, hear of Back and Forward."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

from nicegui import ui
from nicegui.sub_pages_router import SubPagesRouter

OnQuery = Callable[[dict[str, str]], None]
_MOVE = """((from, to, move) => {
    const plain = (url) => { try { return decodeURIComponent(url); } catch { return url; } };
    const prefix = window.path_prefix || '', here = location.pathname + location.search;
    if (plain(here) !== plain(prefix + from)) return; // somebody went Back before this arrived
    if (move === 'replace') return history.replaceState({}, '', prefix + to);
    const scrolls = () => history.scrollRestoration = 'auto';
    if (move === 'back') {
        addEventListener('popstate', scrolls, { once: true });
        return history.back();
    }
    if (move === 'open') history.scrollRestoration = 'manual'; // Back from there leaves the page where it is
    history.pushState({}, '', prefix + to);
    scrolls();
})(%s, %s, %s)"""


class Address:
    """One per visit. Sub pages take no query parameters, so a changed query never rebuilds a page.

    The page hears of it here instead, keeps its head and its loaded parts, and moves to the new state.
    """

    def __init__(self, router: SubPagesRouter) -> None:
        self._router = router
        self._here = self.path
        self.came_from = ""
        """The path of the page before this one; empty on the first."""
        self._page = ""
        self._listener: OnQuery | None = None
        self._before: str | None = None  # where Back leads from what was opened
        self._awaited = ""  # the address to which the browser was sent back
        router.on_path_changed(self._moved)

    @property
    def query(self) -> dict[str, str]:
        """The query values of the current address; of a repeated name the last one."""
        return _query(self._router.current_path)

    @property
    def path(self) -> str:
        """The path without its query."""
        return urlsplit(self._router.current_path).path

    @property
    def is_first_page(self) -> bool:
        """Whether this is still the page that the browser asked for by HTTP."""
        return self._router.is_initial_request

    def listen(self, listener: OnQuery) -> None:
        """Call `listener` with the new query when a person goes back or forward within this page."""
        self._page, self._listener = self.path, listener

    def push(self, url: str) -> None:
        """A step: a tab, another page of rows. Back returns from it."""
        if url != self._router.current_path:
            self._before = None
            self._move(url, "push")

    def replace(self, url: str) -> None:
        """Not a step: typing in a filter."""
        self._move(url, "replace")

    def open(self, url: str) -> None:
        """A step that `close` takes back: something is opened over the page, which stays where it is."""
        self._before = self._router.current_path
        self._move(url, "open")

    def close(self, url: str) -> None:
        """What was opened is closed, and the page is at `url` again: a step back, if that leads there."""
        leads_back, self._before = self._before == url, None
        self._move(url, "back" if leads_back else "replace")
        self._awaited = url if leads_back else ""

    def _move(self, url: str, how: str) -> None:
        before, self._router.current_path, self._awaited = self._router.current_path, url, ""
        ui.run_javascript(_MOVE % tuple(json.dumps(text) for text in (before, url, how)))

    def _moved(self, path: str) -> None:
        awaited, self._awaited = self._awaited, ""
        if awaited and path == awaited:
            return  # the page is there already
        self._before = None
        if (page := urlsplit(path).path) != self._here:
            self.came_from, self._here = self._here, page
        if self._listener and page == self._page:
            self._listener(_query(path))
        else:
            self._listener = None


def merged(query: Mapping[str, str], **changes: str | None) -> dict[str, str]:
    """A query with some values changed; None takes one out."""
    result = {**query, **{name: value for name, value in changes.items() if value is not None}}
    return {name: value for name, value in result.items() if changes.get(name, "") is not None}


def _query(path: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(path).query))
