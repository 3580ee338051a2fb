"""Every address of the dashboard as a function, so that no page builds one by hand."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote, urlencode, urlsplit

HOME = "/"
SIGN_IN, SECOND_STEP = "/sign-in", "/sign-in/code"
SIGN_ON, SIGNED_ON, SIGN_ON_OUT = "/sign-on", "/sign-on/back", "/sign-on/out"
SIGN_OUT = "/sign-out"
OPEN = "/open"
SUBSCRIBERS = "/subscribers"
SUBSCRIBER_ROUTE = "/subscribers/{slug}"
IMPORTS = "/imports"
JOBS = "/jobs"
JOB_ROUTE = "/jobs/{job_id}"
AUDIT = "/audit"
OPERATORS = "/operators"
EXPORTS = "/exports/{export_id}"
ASSETS = "/assets"
HEALTH, READY, METRICS = "/healthz", "/readyz", "/metrics"
PROBES = (HEALTH, READY, METRICS)


class NavEntry(NamedTuple):
    """One line of the navigation."""

    label: str
    path: str
    icon: str


NAVIGATION = (
    NavEntry("Subscribers", SUBSCRIBERS, "people"),
    NavEntry("Import", IMPORTS, "upload"),
    NavEntry("Bulk jobs", JOBS, "jobs"),
    NavEntry("Audit log", AUDIT, "log"),
    NavEntry("Operators", OPERATORS, "key"),
)


def subscribers(query: Mapping[str, str] | None = None) -> str:
    """The list, with its whole state in the query."""
    return _with_query(SUBSCRIBERS, query)


def subscriber(subscriber_id: str, query: Mapping[str, str] | None = None) -> str:
    """The page of one person."""
    return _with_query(f"{SUBSCRIBERS}/{slug(subscriber_id)}", query)


def imports(step: str, draft_id: str = "") -> str:
    """A step of the import, and of which one if that is to be found again."""
    return _with_query(IMPORTS, {"step": step} | ({"draft": draft_id} if draft_id else {}))


def jobs(before: str = "") -> str:
    """The bulk jobs, or those older than the job `before`."""
    return _with_query(JOBS, {"before": before} if before else {})


def job(job_id: str) -> str:
    """The page of one bulk job."""
    return f"{JOBS}/{quote(job_id, safe='')}"


def audit(query: Mapping[str, str] | None = None) -> str:
    """The audit log, with its whole state in the query."""
    return _with_query(AUDIT, query)


def export_file(export_id: str) -> str:
    """The download of a finished export."""
    return EXPORTS.format(export_id=quote(export_id, safe=""))


def slug(subscriber_id: str) -> str:
    """An id as one path segment that no router, proxy or browser can misread.

    Ids may hold slashes, percent signs and dots (`auth0|x`, `a/b`, `..`). Percent-encoding is undone by some
    layers and not by others, so `~` takes the place of `%`: ordinary ids stay as they are, and the way back
    is exact.
    """
    safe = quote(subscriber_id, safe="@:").replace("~", "%7E")
    if not safe.strip("."):
        safe = safe.replace(".", "%2E")
    return safe.replace("%", "~")


def subscriber_id(segment: str) -> str:
    """The id behind a `slug`; a segment that was typed by hand is taken as it stands."""
    return unquote(segment.replace("~", "%"))


def subscriber_of(path: str) -> str:
    """Whose page a path is; an empty text for any other page."""
    head, _, segment = path.rpartition("/")
    return subscriber_id(segment) if head == SUBSCRIBERS else ""


def sign_in(wanted: str, *, is_over: bool = False, then: str = "") -> str:
    """The sign-in page that leads back to `wanted`; it says so when a session `is_over`, and what one signs
    in for when it is not just to enter."""
    told = {"next": wanted, "over": "1" if is_over else "", "then": then}
    return _with_query(SIGN_IN, {name: value for name, value in told.items() if value})


def second_step(*, by_recovery: bool = False, problem: str = "", is_kept: bool = False) -> str:
    """The page after the password: by a recovery code, with what was wrong, or left with the codes kept."""
    told = {"with": "recovery" if by_recovery else "", "problem": problem, "kept": "1" if is_kept else ""}
    return _with_query(SECOND_STEP, {name: value for name, value in told.items() if value})


def sign_on(wanted: str, *, again: bool = False) -> str:
    """The way through the identity provider that leads back to `wanted`; `again`: it is to ask who it is."""
    return _with_query(SIGN_ON, {"next": wanted} | ({"again": "1"} if again else {}))


def safe_next(target: str | None) -> str:
    """`target` when it is a page of this dashboard, else the home page; never another host or scheme."""
    if not target or "\\" in target or any(ord(sign) < 0x20 for sign in target):
        return HOME
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return HOME
    known = parts.path == HOME or any(_is_below(parts.path, entry.path) for entry in NAVIGATION)
    return target if known else HOME


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root + "/")


def _with_query(path: str, query: Mapping[str, str] | None) -> str:
    return f"{path}?{urlencode(query)}" if query else path
