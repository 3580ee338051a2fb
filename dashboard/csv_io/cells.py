"""Keep a spreadsheet from running a cell as a formula, by a rule that can be undone exactly.

OWASP's advice of one apostrophe in front, made reversible: what starts with apostrophes and then a formula
sign gets one more, so that reading can take exactly one off. Phone numbers start with `+`:
without a way back, an import of an export would spoil every one of them.
"""

import re

SUSPECT = frozenset("'=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
"""A cell that starts with none of these is harmless: a quick look that is enough for almost every cell."""

_WOULD_RUN = re.compile("'*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")  # the last four: full-width = + - @


def guard(text: str) -> str:
    """`text` as it may stand in a file that a spreadsheet opens; `unguard` gives the original back."""
    return f"'{text}" if text[:1] in SUSPECT and _WOULD_RUN.match(text) else text


def unguard(cell: str) -> str:
    """The text that `guard` was given; cells that it left alone come back as they are."""
    return cell[1:] if cell.startswith("'") and _WOULD_RUN.match(cell) else cell
