"""What can be wrong with a file or a row of it: always the line, the column and a sentence."""

from dataclasses import dataclass

from dashboard.refusals import Refusal


class BadFile(Refusal):
    """The file cannot be read as a whole, so nothing of it is used."""

    def __init__(self, text: str, *, line: int | None = None) -> None:
        super().__init__(f"Line {line:,}: {text}" if line is not None else text)
        self.line = line


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused, or what merely looks odd about it. `value` is empty where it may be a secret."""

    line: int
    column: str
    reason: str
    value: str = ""

    def sentence(self) -> str:
        """`Line 17, E-mail: this is not an e-mail address (“ada@”).`"""
        place = f"Line {self.line:,}" + (f", {self.column}" if self.column else "")
        return f"{place}: {self.reason}" + (f" (“{self.value}”)" if self.value else "")
