"""An import that is being prepared in one visit: the file and the choices, kept from step to step."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

from collections.abc import Mapping
from enum import StrEnum, unique

from nicegui import ui

from dashboard.auth import Permission, allows
from dashboard.components.shell import Stage
from dashboard.csv_io.incoming.preparing import Preparation, limits_of

KEPT = "import"
GRID_ROWS = 5
GRID_COLUMNS = ("subscriberId", "firstName", "lastName", "email", "phone", "locale", "timezone")


@unique
class Step(StrEnum):
    """Where in the wizard; the value stands in the address."""

    FILE = "file"
    COLUMNS = "columns"
    CHECK = "check"


STEPS = {Step.FILE: "File", Step.COLUMNS: "Columns", Step.CHECK: "Check and import"}


class Draft:
    """What the wizard knows so far. `grid` holds rows typed by hand, by row and column."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.known: Mapping[str, str] = {}
        self.begin()

    def begin(self) -> None:
        """With nothing in it."""
        self.preparation = Preparation(
            self._stage.ctx.settings.data_dir / "imports", limits_of(self._stage.ctx.settings)
        )
        self.problem = ""
        self.size = 0
        self.is_typed = False
        self.grid = [[""] * len(GRID_COLUMNS) for _ in range(GRID_ROWS)]

    def discard(self) -> None:
        """Forget everything, the file included."""
        self.preparation.close()
        self.begin()

    def close(self) -> None:
        """The visit is over."""
        self.preparation.close()

    @property
    def may_set_credentials(self) -> bool:
        return allows(self._stage.visit.role, Permission.IMPORT_CREDENTIALS)

    @property
    def mapping_problems(self) -> tuple[str, ...]:
        """Why the columns cannot be used as they are sent now."""
        return tuple(self.preparation.problems(may_set_credentials=self.may_set_credentials))

    def allowed(self, wanted: str | None) -> Step:
        """The wanted step, or the last one before it for which there is enough."""
        step = Step(wanted) if wanted in set(Step) else Step.FILE
        if self.preparation.table is None:
            return Step.FILE
        return Step.COLUMNS if step is Step.CHECK and self.mapping_problems else step


def draft_of(stage: Stage) -> Draft:
    """The draft of this visit; leaving the page and coming back finds it again."""
    found = stage.kept.get(KEPT)
    if isinstance(found, Draft):
        return found
    draft = Draft(stage)
    stage.kept[KEPT] = draft
    ui.context.client.on_delete(draft.close)
    return draft
