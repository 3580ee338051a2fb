"""What the steps of the import share: their order, and the page that holds them."""

from abc import ABC, abstractmethod
from enum import StrEnum, unique
from typing import Protocol

from dashboard.auth import Permission, allows
from dashboard.components import html
from dashboard.components.shell import Stage
from dashboard.import_drafts import ImportDraft


@unique
class Step(StrEnum):
    """Where in the wizard; the value stands in the address."""

    FILE = "file"
    COLUMNS = "columns"
    CHECK = "check"


STEPS = {Step.FILE: "File", Step.COLUMNS: "Columns", Step.CHECK: "Check and import"}


class WizardStep(Protocol):
    """One step: drawn when it is come to, told when it is left."""

    def draw(self) -> None: ...
    def leave(self) -> None: ...


class Wizard(ABC):
    """The page around the steps."""

    body: html.Tag

    def __init__(self, stage: Stage, draft: ImportDraft) -> None:
        self.stage, self.draft = stage, draft
        self.known: dict[str, str] = {}
        """Where columns of this heading went the last time."""
        self.current: WizardStep | None = None

    @property
    def may_set_credentials(self) -> bool:
        return allows(self.stage.visit.role, Permission.IMPORT_CREDENTIALS)

    @property
    def mapping_problems(self) -> tuple[str, ...]:
        """Why the columns cannot be used as they are sent now."""
        return tuple(self.draft.preparation.problems(may_set_credentials=self.may_set_credentials))

    def allowed(self, wanted: str | None) -> Step:
        """The wanted step, or the last one before it for which there is enough."""
        step = Step(wanted) if wanted in set(Step) else Step.FILE
        if self.draft.preparation.table is None:
            return Step.FILE
        return Step.COLUMNS if step is Step.CHECK and self.mapping_problems else step

    @abstractmethod
    def go(self, step: Step) -> None:
        """One step on or back, as far as there is enough for it."""

    @abstractmethod
    def show(self, step: Step, *, moves: bool = True) -> None:
        """Draw a step anew."""

    @abstractmethod
    def keep_address(self) -> None:
        """Let the address say what is being prepared, now that there is something to come back to."""

    @abstractmethod
    def is_handed_over(self) -> None:
        """It is a job from now on; the file is not needed any more."""
