"""The Credentials tab: where one person's pushes and chats go, card by card."""

import asyncio
from collections.abc import Callable

from api_client import ApiError, Integration, Subscriber, Workflow
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.keep_place import keep_place
from dashboard.components.panel import Panel
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import describe
from dashboard.pages.subscriber.credentials.board import Board
from dashboard.pages.subscriber.credentials.entries import CredentialsView, connectable
from dashboard.pages.subscriber.credentials.opening import Forms
from dashboard.pages.subscriber.credentials.prove import Prover
from dashboard.pages.subscriber.credentials.tools import CardTools
from dashboard.pages.subscriber.credentials.writer import CredentialWriter
from dashboard.pages.subscriber.raw import Behind, raw_button
from dashboard.pages.subscriber.workflows import all_workflows
from dashboard.snippets import Call, one_person

NOT_LISTED = (
    "The integrations could not be listed: their names and states are not known, and credentials can only be "
    "added by the identifier of an integration."
)


class CredentialsTab:
    """Loads once; after that each write hands back the person, and only cards that changed are drawn anew.

    `fix` names what to open once it is loaded (see Forms); `on_form` hears which form is open.
    """

    def __init__(
        self,
        stage: Stage,
        subscriber_id: str,
        *,
        on_saved: Callable[[], None],
        fix: str = "",
        on_form: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.stage, self.subscriber_id, self.on_saved, self.fix = stage, subscriber_id, on_saved, fix
        self._is_shown = False
        self.panel: Panel[CredentialsView] = Panel(
            self.load, self.show, title="The credentials could not be loaded"
        )
        keep_place(self.panel.body)
        page = self.panel.body
        writer = CredentialWriter(stage, subscriber_id, page, self.on_read, self.refresh)
        self.forms = Forms(writer, lambda: self.view, on_form)
        self.tools = CardTools(writer, Prover(stage, subscriber_id, page), self.forms, lambda: self.view)
        self.panel.reload()

    async def load(self) -> CredentialsView:
        """The person, integrations and workflows together; without the latter two the entries still show."""
        reader = self.stage.ctx.reader
        person, listed, workflows = await asyncio.gather(
            reader.subscribers.get(self.subscriber_id), self._integrations(), self._workflows()
        )
        if isinstance(listed, ApiError):
            return CredentialsView(person, None, listed, workflows)
        return CredentialsView(person, listed, None, workflows)

    def show(self, view: CredentialsView) -> None:
        """Draw everything; called when it was loaded."""
        self.view = view
        with self.panel.body.clear(), html.div().classes("stack-l"):
            self._draw_head()
            if view.problem:
                with html.div().classes("notice warn").attributes(role="status"):
                    html.p(f"{NOT_LISTED} {describe(view.problem).text}")
            self._board = Board(self.tools)
        self._board.update(view.cards)
        self._is_shown = True
        wanted, self.fix = self.fix, ""
        self._open(wanted)

    def go(self, fix: str) -> None:
        """The address asks for a form."""
        if self._is_shown:
            self._open(fix)
        else:
            self.fix = fix

    def on_read(self, person: Subscriber) -> None:
        """Something was written, and this is what is stored now."""
        if not self.panel.body.is_deleted:
            self.update(person)
            self.on_saved()

    def update(self, person: Subscriber) -> None:
        """Show a newer reading of the person; what is typed in the cards stays."""
        self.view = CredentialsView(person, self.view.integrations, self.view.problem, self.view.workflows)
        self._board.update(self.view.cards)

    def refresh(self) -> None:
        """Read the person again beside what is shown; a failure leaves that as it is."""
        if not self.panel.body.is_deleted:
            self.panel.beside(self._refresh())

    async def _refresh(self) -> None:
        try:
            person = await self.stage.ctx.reader.subscribers.get(self.subscriber_id)
        except ApiError:
            return
        self.on_read(person)

    def _behind(self) -> Behind:
        """The calls behind the cards; what could not be listed is null."""
        calls = (Call("GET", one_person(self.subscriber_id)), Call("GET", "/v1/integrations"))
        read = {"person": self.view.person, "integrations": self.view.integrations}
        return Behind(calls, read)

    def _draw_head(self) -> None:
        with html.div().classes("row-x wrap between"):
            html.p("Where this person's push and chat messages go.").classes("muted")
            with html.div().classes("row-x wrap"):
                raw_button(self.stage, self._behind(), "credentials")
                if connectable(self.view):
                    permission_button(
                        "Connect Slack",
                        Permission.WRITE,
                        self.stage,
                        icon="link",
                        on_click=lambda: self.tools.connect(connectable(self.view)),
                    ).mark("connect-slack")
                permission_button(
                    "Add credentials",
                    Permission.WRITE,
                    self.stage,
                    icon="plus",
                    on_click=self.forms.choose,
                ).mark("add-credentials")

    def _open(self, name: str) -> None:
        card = self.forms.open_named(name)
        if card:
            self._board.point_at(card)

    async def _integrations(self) -> tuple[Integration, ...] | ApiError:
        try:
            return await self.stage.ctx.reader.integrations.list()
        except ApiError as exc:
            return exc

    async def _workflows(self) -> tuple[Workflow, ...] | None:
        try:
            return await all_workflows(self.stage.ctx.reader)
        except ApiError:
            return None
