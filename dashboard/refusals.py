"""The root of the dashboard's own errors: what our rules refuse, with a sentence for the operator."""


class Refusal(Exception):
    """Something a rule of ours does not allow; `user_text` says what happened and what to do."""

    def __init__(self, user_text: str) -> None:
        super().__init__(user_text)
        self.user_text = user_text
