"""Foreign JSON as a tree: every value verbatim, whatever its depth, size or names."""

from typing import Any

import orjson

from dashboard.components.json_rows import MOST_ROWS, MOST_TEXT, rows
from dashboard.components.json_view import as_text

NOTE = "There is more than this tree shows. Raw has the whole, or the API itself."


def test_rows_stand_in_order_below_what_holds_them() -> None:
    value = {"plan": "pro", "limits": {"seats": [3, {"x": None}]}, "__proto__": {}, "": ""}
    assert rows(value) == [
        (0, "plan", "pro", "string"),
        (0, "limits", "1 entry", "object"),
        (1, "seats", "2 items", "array"),
        (2, "0", "3", "other"),
        (2, "1", "1 entry", "object"),
        (3, "x", "null", "other"),
        (0, "__proto__", "0 entries", "object"),
        (0, "", "", "string"),
    ]


def test_numbers_that_a_browser_would_round_and_words_in_quotes_stay_what_they_are() -> None:
    assert [row[2:] for row in rows([9007199254740993, 1.5, "null", True])] == [
        ("9007199254740993", "other"),
        ("1.5", "other"),
        ("null", "string"),
        ("true", "other"),
    ]


def test_depth_width_and_length_have_an_end_that_is_said() -> None:
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"a": deep}
    for value in (deep, list(range(5000)), {"a": "x" * (MOST_TEXT + 1)}):
        found = rows(value)
        assert len(found) <= MOST_ROWS + 1
        assert found[-1] == (0, "", NOTE, "note")
    assert "too deeply" in as_text(deep)


def test_a_bare_value_and_nothing_at_all_have_a_row_too() -> None:
    assert rows("only this") == [(0, "", "only this", "string")]
    assert rows([]) == [(0, "", "nothing in it", "note")]


def test_a_long_text_is_cut_and_says_by_how_much() -> None:
    text = as_text({"a": "x" * 30_000})
    assert text.endswith("more characters")
    assert orjson.loads(as_text({"a": 1})) == {"a": 1}
