"""What administrators decide for everybody: who reveals secrets, whether viewers see personal data."""

from dataclasses import replace

from dashboard.actions import operators
from dashboard.auth import Policy, Reveals
from dashboard.components import html
from dashboard.components.fields import choice
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors, succeed

REVEALS = {
    Reveals.OPERATORS.value: "Operators and administrators",
    Reveals.ADMINS.value: "Administrators only",
    Reveals.NOBODY.value: "Nobody",
}
VIEWERS_SEE = {"no": "Names, addresses and messages", "yes": "All of that masked"}


class PolicyPanel:
    """Two choices; each is kept at once, holds for everybody, and is on record."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        with html.section().classes("card").attributes(aria_label="What everybody may see").mark("policies"):
            with html.div().classes("card-head"):
                html.h2("What everybody may see")
            self.body = html.div().classes("card-body stack-l")
        self.show()

    def show(self) -> None:
        """What holds now."""
        now = self._now
        with self.body.clear():
            _ask(
                "Who may reveal webhook addresses and device tokens",
                REVEALS,
                now.reveals.value,
                on_change=self.on_reveals,
                marker="policy-reveals",
            )
            _ask(
                "What viewers see of a person",
                VIEWERS_SEE,
                "yes" if now.masks_for_viewers else "no",
                on_change=self.on_viewers,
                marker="policy-viewers",
            )

    async def on_reveals(self, value: str) -> None:
        await self._choose(replace(self._now, reveals=Reveals(value)))

    async def on_viewers(self, value: str) -> None:
        await self._choose(replace(self._now, masks_for_viewers=value == "yes"))

    @property
    def _now(self) -> Policy:
        return self.stage.ctx.policies.current

    async def _choose(self, policy: Policy) -> None:
        """What was refused is not left standing as chosen."""
        await self._decide(policy)
        if self._now != policy:
            self.show()

    @reports_errors
    async def _decide(self, policy: Policy) -> None:
        await operators.decide(self.stage.ctx, self.stage.visit, policy=policy)
        succeed("Decided. It holds at once.")


def _ask(question: str, options: dict[str, str], value: str, *, on_change: object, marker: str) -> None:
    with html.div().classes("field"):
        html.span(question).classes("field-label")
        choice(options, value, label=question, on_change=on_change, marker=marker)  # type: ignore[arg-type]  # a coroutine function
