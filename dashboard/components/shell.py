"""The one page shell: a session is checked, the frame drawn once, and sub pages are swapped inside it."""

import functools
import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from fastapi import Request
from nicegui import ui
from nicegui.page_arguments import RouteMatch

from dashboard import paths
from dashboard.auth import Permission, Role, Session, allows
from dashboard.auth.links import LOCAL_ACTOR
from dashboard.auth.requests import address_of
from dashboard.auth.tokens import new_token
from dashboard.components import html, states
from dashboard.components.address import Address
from dashboard.components.frame import THEME_COOKIE, Look, frame
from dashboard.components.people_table import PersonRow
from dashboard.components.privacy import MASK_COOKIE, Privacy
from dashboard.context import AppContext, Visit
from dashboard.environment import Environment, EnvironmentSign
from dashboard.feedback import describe, show
from dashboard.refusals import Then


@dataclass(frozen=True)
class Stage:
    """What a sub page gets besides its path values: everything of this one visit."""

    ctx: AppContext
    visit: Visit
    address: Address
    environment: Environment
    glimpses: dict[str, PersonRow] = field(default_factory=dict[str, PersonRow])
    """The rows of the list that was shown last, by id: a person opened from it has a head at once."""
    kept: dict[str, object] = field(default_factory=dict[str, object])
    """What a page wants to find again when it is come back to within this visit."""

    def title(self, text: str) -> None:
        """Name the page in the browser's tab, together with the environment."""
        where = (self.environment.name, self.environment.host)
        ui.page_title(" · ".join(part for part in (text, *where) if part))


SubPage = Callable[..., Awaitable[None]]
NEEDS = {paths.AUDIT: Permission.AUDIT, paths.OPERATORS: Permission.OPERATORS}
"""What it takes to be shown the way to a page; what is on it asks again."""


def shell(
    ctx: AppContext,
    sign: EnvironmentSign,
    pages: Mapping[str, SubPage],
    *,
    everywhere: Callable[[Stage], object] = lambda _: None,
    asks: Callable[[AppContext, Visit, Then], None],
    account: Callable[[AppContext, Visit], None],
) -> Callable[[Request], None]:
    """The root page over `pages`, a table of route → `async page(stage, **path values)`.

    `everywhere` is called once a visit for what works on every page; `asks` asks a visitor again who it is,
    `account` opens one's own account.
    """
    run = new_token()

    def root(request: Request) -> None:
        session = cast("Session", request.state.session)
        address = address_of(request.scope)
        visit = Visit(actor=session.actor, session_id=session.id, role=session.role, address=address)
        environment = sign.current
        ui.on_exception(lambda exc: show(describe(exc)))
        privacy = _Privacy(ctx, visit.role, by_choice=request.cookies.get(MASK_COOKIE) == "on")
        inside = replace(ctx, hides=privacy.hides, asks=functools.partial(asks, ctx, visit))
        stage = Stage(inside, visit, Address(ui.context.client.sub_pages_router), environment)
        look = Look(
            actor=visit.actor,
            theme=request.cookies.get(THEME_COOKIE, "auto"),
            privacy=privacy.now,
            entries=[one for one in paths.NAVIGATION if _may_open(visit.role, one.path)],
            run=run,
            on_account=None if visit.actor == LOCAL_ACTOR else functools.partial(account, ctx, visit),
        )
        with frame(environment, look):
            everywhere(stage)
            OperatorPages({route: operator_page(page, stage) for route, page in pages.items()})

    return root


@dataclass(frozen=True)
class _Privacy:
    """Whether personal data is masked for a visit: by an administrator for the role, or by choice."""

    ctx: AppContext
    role: Role
    by_choice: bool

    @property
    def now(self) -> Privacy:
        if self.ctx.policies.current.masks(self.role):
            return Privacy.ALWAYS_MASKED
        return Privacy.MASKED if self.by_choice else Privacy.SHOWN

    def hides(self) -> bool:
        return self.now is not Privacy.SHOWN


def _may_open(role: Role, path: str) -> bool:
    return path not in NEEDS or allows(role, NEEDS[path])


def broken_page(exc: Exception) -> None:
    """What stands in place of a page that could not be built; NiceGUI itself would print the exception."""
    with html.div().classes("sign-in"), html.div().classes("card"):
        states.failed(describe(exc), title="This page could not be shown", retry=ui.navigate.reload, level=1)


class OperatorPages(ui.sub_pages):
    """Sub pages whose own failures look like ours: no exception text, no bare `404`."""

    def _find_matching_path(self) -> RouteMatch | None:
        """Only a whole address counts; NiceGUI also builds `/` for `/nowhere` and shows both."""
        match = super()._find_matching_path()
        return None if match and match.remaining_path else match

    def _render_404(self) -> None:
        with html.div().classes("card"):
            states.no_results(
                "There is no page at this address",
                "It may have been mistyped, or the link is from another version of the dashboard.",
                clear=("Go to the subscribers", lambda: ui.navigate.to(paths.SUBSCRIBERS)),
                level=1,
            )

    def _render_error(self, _: Exception) -> None:
        with html.div().classes("card"):
            states.failed(
                describe(_), title="This page could not be shown", retry=ui.navigate.reload, level=1
            )


def operator_page(page: SubPage, stage: Stage) -> SubPage:
    """A sub page behind the session: sub-page navigation passes no middleware, so it is asked again here."""

    @functools.wraps(page)
    async def guarded(**path_values: str) -> None:
        if not await _is_signed_in(stage):
            leave()
            return
        await page(stage, **path_values)

    guarded.__signature__ = _signature(page)  # type: ignore[attr-defined]
    return guarded


@functools.cache
def _signature(page: SubPage) -> inspect.Signature:
    """The path values that a page takes, from which NiceGUI knows what to pass; the same for every visit."""
    return inspect.signature(functools.partial(page, None))


async def _is_signed_in(stage: Stage) -> bool:
    if stage.address.is_first_page:
        return True  # the gate in front of the first request has just asked
    return await stage.ctx.sessions.alive(stage.visit.session_id) is not None


def leave() -> None:
    """Send the browser to the sign-in page with a full load; it comes back to where it was."""
    path = ui.context.client.sub_pages_router.current_path
    ui.navigate.to(paths.sign_in(path, is_over=True))
