"""The root of the dashboard's own errors: what our rules refuse, with a sentence for the operator."""

from collections.abc import Awaitable, Callable

Then = Callable[[], Awaitable[object]]


class Refusal(Exception):
    """Something a rule of ours does not allow; `user_text` says what happened and what to do."""

    def __init__(self, user_text: str) -> None:
        super().__init__(user_text)
        self.user_text = user_text


class Liftable(Refusal):
    """A refusal that the person at the screen can lift: `ask(then)` asks for what is missing, then goes on.

    `ask` is None where nobody is at a screen.
    """

    def __init__(self, user_text: str, ask: Callable[[Then], None] | None) -> None:
        super().__init__(user_text)
        self.ask = ask
