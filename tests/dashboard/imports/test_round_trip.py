"""What an export wrote, an import reads back: the same people, whatever stands in their fields."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.csv_io import COLUMNS, Format
from dashboard.csv_io.incoming.fields import TITLES
from dashboard.csv_io.writer import SpoolFile
from tests.dashboard.imports.files import take

SETTABLE = [COLUMNS[key] for key in TITLES]
NASTY = [
    "007",
    "1e5",
    "NA",
    "NULL",
    "=1+1",
    "'=1",
    "''",
    "+49171",
    "\t=1",
    "\r",
    "a\nb",
    'say "x"',
    ",;|",
    "＝1",
]
text = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=20),
)
plain = st.one_of(text, st.integers(-(2**53), 2**53), st.booleans(), st.none(), st.lists(text, max_size=2))
person = st.fixed_dictionaries(
    {"subscriberId": text.filter(lambda one: bool(one.strip()) and not one.isspace())},
    optional={
        "firstName": text,
        "lastName": text,
        "phone": text,
        "email": st.sampled_from(["ada@example.com", "o'neil+x@b.co.uk", "zoë@müller.de"]),
        "locale": st.sampled_from(["en", "de_DE", "zh-Hant-TW"]),
        "timezone": st.sampled_from(["Europe/Berlin", "UTC", "America/Argentina/Ushuaia"]),
        "avatar": st.sampled_from(["https://a.io/x.png?a=1,2", "/relative.png"]),
        "data": st.dictionaries(text, plain, min_size=1, max_size=3),
    },
)
people = st.lists(person, min_size=1, max_size=4, unique_by=lambda one: str(one["subscriberId"]))


FORMS = {
    "csv": (Format.CSV, False),
    "csv with a mark": (Format.CSV, True),
    "json lines": (Format.JSON_LINES, False),
}


@pytest.mark.slow
@pytest.mark.parametrize(("file_format", "bom"), FORMS.values(), ids=FORMS)
@given(people=people)
@settings(
    max_examples=667,  # of each form, other sets for each: 2,000 in all
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_import_of_an_export_is_what_was_exported(
    people: list[dict[str, Any]], file_format: Format, bom: bool, tmp_path: Path
) -> None:
    for old in tmp_path.iterdir():  # some disks write out at once what replaces a file
        old.unlink()
    path = tmp_path / "export"
    with SpoolFile(path, SETTABLE, file_format, bom=bom) as spool:
        spool.write(people)
        spool.finish()
    assert take(path.read_bytes(), tmp_path).sent == people
