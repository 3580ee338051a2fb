"""What a step of the import gets and has to offer."""

from abc import ABC, abstractmethod
from typing import Protocol

from dashboard.components import html
from dashboard.components.shell import Stage
from dashboard.pages.imports.draft import Draft, Step


class WizardStep(Protocol):
    """One step: drawn when it is come to, told when it is left."""

    def draw(self) -> None: ...
    def leave(self) -> None: ...


class Wizard(ABC):
    """The page around the steps."""

    body: html.Tag

    def __init__(self, stage: Stage, draft: Draft) -> None:
        self.stage, self.draft = stage, draft
        self.current: WizardStep | None = None

    @abstractmethod
    def go(self, step: Step) -> None:
        """One step on or back, as far as there is enough for it."""

    @abstractmethod
    def show(self, step: Step, *, moves: bool = True) -> None:
        """Draw a step anew."""
