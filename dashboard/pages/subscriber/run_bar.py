"""What stands above the runs: by channel, workflow, days and transaction. It draws and reports."""

from collections.abc import Callable, Mapping, Sequence

from api_client import ApiError, Workflow
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.fields import VALUE, choice
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.run_filter import CHANNELS, EVERY_RUN, RunsWanted
from dashboard.pages.subscriber.workflows import all_workflows


class RunBar:
    """A row of native controls; each change is heard at once. The workflows come when they have been read."""

    def __init__(self, stage: Stage, wanted: RunsWanted, *, on_filter: Callable[[RunsWanted], None]) -> None:
        self.stage, self.wanted, self.on_filter = stage, wanted, on_filter
        self.workflows: Sequence[Workflow] = ()
        self.place = html.div().classes("audit-filters").mark("run-filters")
        self.place.attributes(role="search", aria_label="Narrow the runs")
        self._draw()
        beside(self.place, self._load(), name="workflows to narrow runs by")

    def set(self, wanted: RunsWanted) -> None:
        """Show another filter: Back or Forward, cleared, or one transaction chosen below."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._draw()

    async def _load(self) -> None:
        """Without them everything else can still be chosen."""
        try:
            self.workflows = await all_workflows(self.stage.ctx.reader)
        except ApiError:
            return
        if not self.place.is_deleted:
            self._draw_workflow()

    def _draw(self) -> None:
        with self.place.clear():
            self._choice("channel", "Channel", CHANNELS)
            self.by_workflow = html.div()
            self._draw_workflow()
            self._input("since", "From (UTC)", "date")
            self._input("until", "To (UTC)", "date")
            self._input("transaction", "Transaction", "search")
            self.clearing = button("Clear the filter", on_click=self._clear).mark("runs-clear")
            self.clearing.set_visibility(not self.wanted.is_empty)

    def _draw_workflow(self) -> None:
        names = {one.id: one.name or one.identifier for one in self.workflows}
        with self.by_workflow.clear():
            self._choice("workflow", "Workflow", {"": "Every workflow", **names})

    def _choice(self, name: str, label: str, values: Mapping[str, str]) -> None:
        value = str(getattr(self.wanted, name))
        known = {**values} | ({value: value} if value not in values else {})
        with _labelled(label):
            choice(
                known, value, label=label, on_change=lambda v: self._change(name, v), marker=f"runs-{name}"
            )

    def _input(self, name: str, label: str, kind: str) -> None:
        with _labelled(label):
            box = html.input_().classes("choice").mark(f"runs-{name}")
            value = str(getattr(self.wanted, name))
            box.attributes(type=kind, defaultValue=value, aria_label=label, autocomplete="off")
            box.on("change", lambda e: self._change(name, str(e.args)), js_handler=VALUE)

    def _change(self, name: str, value: str) -> None:
        self.wanted = self.wanted.narrowed(name, value)
        self.clearing.set_visibility(not self.wanted.is_empty)
        self.on_filter(self.wanted)

    def _clear(self) -> None:
        self.set(EVERY_RUN)
        self.on_filter(EVERY_RUN)


def _labelled(label: str) -> html.Tag:
    box = html.div().classes("audit-filter")
    with box:
        html.span(label).classes("field-label").attributes(aria_hidden="true")
    return box
