"""The sub page `/imports`: a file becomes people, in three steps; going back loses nothing."""

from collections.abc import Callable

from nicegui import ui

from dashboard import paths
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.shell import Stage
from dashboard.pages.imports.check_step import CheckStep
from dashboard.pages.imports.columns_step import ColumnsStep
from dashboard.pages.imports.draft import STEPS, Step, draft_of
from dashboard.pages.imports.file_step import FileStep
from dashboard.pages.imports.wizard import Wizard


class ImportPage(Wizard):
    """Shows one step at a time; which one stands in the address, so Back and Forward work."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, draft_of(stage))

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
        self.draft.known = await self.stage.ctx.desk.import_columns(self.stage.visit.actor)
        self.stage.address.listen(lambda query: self.show(self.draft.allowed(query.get("step"))))
        self.show(self.draft.allowed(self.stage.address.query.get("step")), moves=False)

    def go(self, step: Step) -> None:
        """One step on or back, as far as there is enough for it."""
        allowed = self.draft.allowed(step)
        self.stage.address.push(paths.imports(allowed))
        self.show(allowed)

    def start_over(self) -> None:
        """Cancel: the file and what was chosen are forgotten; nothing was sent."""
        self.draft.discard()
        self.stage.address.replace(paths.imports(Step.FILE))
        self.show(Step.FILE)
        ui.notify("The import was cancelled. Nothing was sent, and the file is forgotten.")

    def show(self, step: Step, *, moves: bool = True) -> None:
        """Draw a step. `moves` puts the keyboard on its heading."""
        if self.current:
            self.current.leave()
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
