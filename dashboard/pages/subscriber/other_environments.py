"""The panel that compares a person with the same id in other environments."""

from collections.abc import Awaitable, Callable, Sequence

from api_client import Subscriber
from dashboard.components import html, states
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.other_environments import Unlike

Found = tuple[Unlike, ...] | None


class OtherEnvironmentsPanel:
    """A part for each environment, which loads, fails and retries on its own; none where none is set up."""

    def __init__(self, stage: Stage, person: Callable[[], Awaitable[Subscriber]]) -> None:
        self.stage, self.person = stage, person
        self.parts: list[Panel[Found]] = []
        names = stage.ctx.others.names
        if names:
            with html.section().classes("card").attributes(aria_label="In other environments"):
                with html.div().classes("card-head"):
                    html.h2("In other environments")
                for name in names:
                    self._draw_part(name)
            self.reload()

    def reload(self) -> None:
        for part in self.parts:
            part.reload()

    def _draw_part(self, name: str) -> None:
        async def load() -> Found:
            ctx = self.stage.ctx
            return await ctx.others.compare(name, await self.person(), masked=ctx.hides())

        part: Panel[Found] = Panel(
            load,
            lambda found: draw(part, name, found),
            title=f"{name} could not be asked",
            skeleton=lambda: states.loading(1, label=f"Asking {name}"),
        )
        part.body.mark(f"elsewhere-{name}")
        self.parts.append(part)


def draw(part: Panel[Found], name: str, found: Found) -> None:
    """Not there, the same there, or what differs."""
    with part.body.clear(), html.div().classes("card-body"):
        html.h3(name).classes("breakable")
        if found is None:
            html.p("Nobody there has this id.").classes("muted")
        elif not found:
            html.p("Exists, with the same profile and as many tokens and webhooks.").classes("muted")
        else:
            html.p("Exists, and differs:").classes("muted")
            _draw_table(name, found)


def _draw_table(name: str, found: Sequence[Unlike]) -> None:
    scroll = html.div().classes("table-scroll")
    scroll.attributes(tabindex=0, role="region", aria_label=f"What differs in {name}")
    with scroll, html.table().classes("plain-table"):
        with html.thead(), html.tr():
            for column in ("What", "Here", "There"):
                html.th(column).props["scope"] = "col"
        with html.tbody():
            for one in found:
                with html.tr():
                    html.th(one.label).classes("breakable").props["scope"] = "row"
                    html.td(one.here).classes("breakable")
                    html.td(one.there).classes("breakable")
