"""Pure functions over a provider's row: what is wrong, what looks odd, what is sent, what may be shown."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import cast
from urllib.parse import urlsplit

from dashboard.providers.masks import DOTS, mask
from dashboard.providers.shapes import Field, Kind, Provider
from dashboard.providers.tokens import MOST_TOKENS, Pasted, parse_tokens

Raw = Mapping[str, str | Sequence[str]]
"""A form as it was filled in: wire name → text, or a list for tokens."""

MOST_BYTES = 90_000  # the API takes bodies up to about 100 kB
_LOOKED_AT = 2000  # patterns see no more of a value: a pasted book must not cost seconds
_NAMED = 3  # how many of many bad tokens are named


def problems(row: Provider, raw: Raw, *, kept: Collection[str] = ()) -> dict[str, str]:
    """Wire name → what is certainly wrong, in a sentence. Empty: it may be sent.

    `kept` are the wire names that have a stored value: leaving those blank keeps it.
    """
    filled = payload(row, raw)
    checked = [field for field in row.fields if field.key in filled or field.key not in kept]
    found = {field.key: _problem(field, raw.get(field.key, "")) for field in checked}
    found = {key: text for key, text in found.items() if text}
    if not row.is_certain and not filled and not kept and not found:
        found[row.fields[0].key] = "Fill in at least one field."
    return found


def warnings(row: Provider, raw: Raw) -> dict[str, str]:
    """Wire name → what merely looks odd. It may be sent all the same."""
    found = {field.key: _warning(field, raw.get(field.key, "")) for field in row.fields}
    return {key: text for key, text in found.items() if text}


def payload(row: Provider, raw: Raw) -> dict[str, str | list[str]]:
    """Exactly what was filled in, under wire names; what was left blank is left out."""
    values = {field.key: _value(field, raw.get(field.key, "")) for field in row.fields}
    return {key: value for key, value in values.items() if value}


def masked(row: Provider, stored: Mapping[str, object]) -> dict[str, str | tuple[str, ...]]:
    """Wire name → what the browser may get of the stored values. Fields without a value are left out.

    What is stored may be anything: the API checks nothing on writing.
    """
    shown = {field.key: _shown(field, stored.get(field.key)) for field in row.fields}
    return {key: value for key, value in shown.items() if value}


def _value(field: Field, given: str | Sequence[str]) -> str | list[str]:
    if field.kind is Kind.TOKENS:
        return list(parse_tokens(given).tokens)
    return _text(given)


def _text(given: str | Sequence[str]) -> str:
    return given.strip() if isinstance(given, str) else ",".join(given).strip()


def _problem(field: Field, given: str | Sequence[str]) -> str:
    if field.kind is Kind.TOKENS:
        return _tokens_problem(field, parse_tokens(given))
    text = _text(given)
    if not text:
        return f"{field.label} is required." if field.required else ""
    if field.kind is Kind.TEXT:
        return "" if text.isprintable() else "Remove the line breaks or invisible characters."
    return _address_problem(text, https_only=field.kind is Kind.HTTPS_URL)


def _address_problem(text: str, *, https_only: bool) -> str:
    if any(char.isspace() or not char.isprintable() for char in text):
        return "Remove the spaces inside: an address has none."
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        has_host, parts = False, urlsplit("")
    if parts.scheme not in ({"https"} if https_only else {"http", "https"}) or not has_host:
        return "Enter a full address that starts with https://." if https_only else (
            "Enter a full address that starts with https:// or http://."
        )  # fmt: skip
    return ""


def _tokens_problem(field: Field, pasted: Pasted) -> str:
    if not pasted.is_readable:
        return 'This starts like a JSON list but is none. Enter one per line, or a list like ["a", "b"].'
    if not pasted.tokens:
        return f"{field.label}: enter at least one." if field.required else ""
    broken = [token for token in pasted.tokens if not token.isprintable() or len(token.split()) > 1]
    if broken:
        return f"Spaces or invisible characters in {_named(broken)}. Enter one per line."
    if pasted.duplicates:
        return f"Entered more than once: {_named(pasted.duplicates)}."
    return _amount_problem(pasted.tokens)


def _amount_problem(tokens: tuple[str, ...]) -> str:
    if len(tokens) > MOST_TOKENS:
        return f"{len(tokens):,} entered; Novu keeps at most {MOST_TOKENS} per person and integration."
    if sum(len(token.encode("utf-8", "replace")) for token in tokens) > MOST_BYTES:
        return "Together these are larger than the API takes at once (about 100 kB)."
    return ""


def _warning(field: Field, given: str | Sequence[str]) -> str:
    value = _value(field, given)
    values = [value] if isinstance(value, str) else value
    if field.most_used is not None and len(values) > field.most_used:
        return f"Only {field.most_used} of these {len(values)} will be used, the first."
    if field.look is None:
        return ""
    look = re.compile(field.look.pattern)
    odd = [text for text in values if text and not look.match(text[:_LOOKED_AT])]
    if not odd:
        return ""
    return field.look.warning if len(values) == 1 else f"{field.look.warning} Look at {_named(odd)}."


def _named(tokens: Sequence[str]) -> str:
    """A few of them by their masks: a message may end up in a log or a screenshot."""
    shown = ", ".join(mask(token) for token in tokens[:_NAMED])
    more = len(tokens) - _NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown


def _shown(field: Field, stored: object) -> str | tuple[str, ...]:
    if stored is None or stored == "":
        return ""
    if field.kind is Kind.TOKENS:
        items = cast("list[object]", stored) if isinstance(stored, list | tuple) else [stored]
        return tuple(_one_shown(field, item) for item in items)
    return _one_shown(field, stored)


def _one_shown(field: Field, stored: object) -> str:
    if not isinstance(stored, str):
        return DOTS
    return mask(stored) if field.secret else stored
