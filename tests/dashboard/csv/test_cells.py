"""A cell that a spreadsheet would run is made harmless, and comes back exactly as it was."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.csv_io import guard, unguard

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
hostile = st.builds(
    lambda quotes, sign, rest: "'" * quotes + sign + rest,
    st.integers(0, 3),
    st.sampled_from(["", "'", *STARTS]),
    st.text(max_size=20),
)


@given(st.one_of(st.text(), hostile))
@settings(max_examples=2000)
def test_what_is_guarded_comes_back_exactly(text: str) -> None:
    assert unguard(guard(text)) == text


@given(hostile)
def test_no_guarded_cell_starts_a_formula(text: str) -> None:
    assert not guard(text).startswith(tuple(STARTS))


@pytest.mark.parametrize(
    "formula", ["=HYPERLINK(1)", "+49171", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "\0=1", "'=1"]
)
def test_each_known_trick_gets_one_apostrophe(formula: str) -> None:
    assert guard(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["", "Ada", "O'Neil", "'quoted'", "a=b", " =1", "''"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@given(
    st.lists(st.one_of(st.text(st.characters(exclude_categories=["Cs"])), hostile), min_size=1, max_size=5)
)
def test_it_survives_a_csv_file(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([guard(cell) for cell in cells])
    (read,) = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert [unguard(cell) for cell in read] == cells
