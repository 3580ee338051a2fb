"""The sub page `/imports`: a file becomes people, in three steps; going back or F5 loses nothing."""

from collections.abc import Callable

from nicegui import ui

from dashboard import paths
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.shell import Stage
from dashboard.pages.imports.check_step import CheckStep
from dashboard.pages.imports.columns_step import ColumnsStep
from dashboard.pages.imports.draft import QUERY, held_draft
from dashboard.pages.imports.file_step import FileStep
from dashboard.pages.imports.wizard import STEPS, Step, Wizard


class ImportPage(Wizard):
    """Shows one step at a time. Which one of which draft stands in the address: Back, Forward and F5 work."""

    def __init__(self, stage: Stage) -> None:
        self.held = held_draft(stage)
        super().__init__(stage, self.held.draft)

    async def open(self) -> None:
        self.stage.title("Import people")
        with html.div().classes("page"):
            with html.div().classes("page-head"):
                html.h1("Import people")
                html.span().classes("grow")
                self.discard = button("Start over", look="bare", on_click=self.start_over).mark(
                    "import-discard"
                )
            self.steps = html.ol().classes("steps").attributes(aria_label="Steps")
            self.body = html.div().classes("stack-l").mark("import-body")
        self.known = dict(await self.stage.ctx.desk.import_columns(self.stage.visit.actor))
        self.stage.address.listen(lambda query: self.show(self.allowed(query.get("step"))))
        self.show(self.allowed(self.stage.address.query.get("step")), moves=False)

    def go(self, step: Step) -> None:
        """One step on or back, as far as there is enough for it."""
        allowed = self.allowed(step)
        self.stage.address.push(self._url(allowed))
        self.show(allowed)

    def start_over(self) -> None:
        """Cancel: the file and what was chosen are forgotten; nothing was sent."""
        self._begin_anew()
        self.show(Step.FILE)
        ui.notify("The import was cancelled. Nothing was sent, and the file is forgotten.")

    def is_handed_over(self) -> None:
        """It is a job from now on; the file is not needed any more."""
        self._begin_anew()

    def keep_address(self) -> None:
        """Let the address say what is being prepared, now that there is something to come back to."""
        if self.draft.holds_anything and self.stage.address.query.get(QUERY) != self.draft.id:
            self.stage.address.replace(self._url(self.step))

    def _begin_anew(self) -> None:
        if self.current:
            self.current.leave()
        self.draft = self.held.begin_anew()
        if not self.body.is_deleted:
            self.stage.address.replace(self._url(Step.FILE))

    def _url(self, step: Step) -> str:
        return paths.imports(step, self.draft.id if self.draft.holds_anything else "")

    def show(self, step: Step, *, moves: bool = True) -> None:
        """Draw a step. `moves` puts the keyboard on its heading."""
        if self.current:
            self.current.leave()
        self.step = step
        self.keep_address()
        self._draw_steps(step)
        self.discard.set_visibility(self.draft.preparation.table is not None)
        kinds: dict[Step, Callable[[Wizard], FileStep | ColumnsStep | CheckStep]] = {
            Step.FILE: FileStep,
            Step.COLUMNS: ColumnsStep,
            Step.CHECK: CheckStep,
        }
        with self.body.clear():
            heading = html.h2(STEPS[step]).classes("visually-hidden").attributes(tabindex=-1)
            self.current = kinds[step](self)
            self.current.draw()
        if moves:
            heading.run_method("focus")

    def _draw_steps(self, current: Step) -> None:
        with self.steps.clear():
            for number, (step, name) in enumerate(STEPS.items(), 1):
                with html.li().classes("step") as item:
                    html.span(str(number)).classes("step-number").attributes(aria_hidden="true")
                    html.span(name)
                if step is current:
                    item.attributes(aria_current="step")


async def open_imports(stage: Stage) -> None:
    """The sub page `/imports`."""
    await ImportPage(stage).open()
