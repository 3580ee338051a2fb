"""Every value of the bad-input list: kept as it is, or refused by line and column; never half taken."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.csv_io.incoming.duplicates import Rule
from dashboard.csv_io.incoming.existing import Known
from dashboard.csv_io.incoming.spool import Verdict
from tests.dashboard.imports.files import csv_of, take


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@pytest.mark.parametrize(
    "text",
    ["007", "1e5", "NA", "None", "null", "NULL", "TRUE", "12345678901234567890123", "2026-11-25", "-", "🎉",
     "=HYPERLINK(1)", "+cmd|calc", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "=1+1", "Zoe\u0301",
     "ab\u200bc"],
)  # fmt: skip
def test_text_stays_what_it_is(text: str, tmp_path: Path) -> None:
    taken = take(csv_of("subscriberId,firstName", f"1,{quoted(text)}"), tmp_path)
    assert taken.sent == [{"subscriberId": "1", "firstName": text}]


@pytest.mark.parametrize("text", ["+14155550100", "=1", "'=1", "''+1", "＋1"])
def test_the_apostrophe_of_an_export_is_taken_off_again(text: str, tmp_path: Path) -> None:
    taken = take(csv_of("subscriberId,phone", f"1,{quoted(chr(39) + text)}"), tmp_path)
    assert taken.sent == [{"subscriberId": "1", "phone": text}]


@pytest.mark.parametrize(
    "text", ["a/b", "a?b", "a#b", "100%", "..", "a b", "x" * 300, "auth0|x", "e\u0301", "\u202eabc"]
)
def test_odd_ids_are_kept_exactly(text: str, tmp_path: Path) -> None:
    taken = take(csv_of("subscriberId", quoted(text)), tmp_path)
    assert taken.sent == [{"subscriberId": text}]


DEEP = '{"a":' + "[" * 1000 + "]" * 1000 + "}"
HOOK = "chat.slack.webhookUrl"
REFUSED = {
    "no id": ("subscriberId,email", ",a@b.io", "subscriberId"),
    "blank id": ("subscriberId,email", '"  ",a@b.io', "subscriberId"),
    "id too long": ("subscriberId,email", f"{'x' * 1001},a@b.io", "subscriberId"),
    "mail": ("subscriberId,email", "1,ada@", "email"),
    "mail of blanks": ("subscriberId,email", '1,"  "', "email"),
    "locale": ("subscriberId,locale", "1,german!", "locale"),
    "zone": ("subscriberId,timezone", "1,UTC+2", "timezone"),
    "avatar that runs": ("subscriberId,avatar", "1,javascript:alert(1)", "avatar"),
    "data is no JSON": ("subscriberId,data", "1,{plan}", "data"),
    "data is a list": ("subscriberId,data", '1,"[1]"', "data"),
    "data too deep": ("subscriberId,data", f"1,{quoted(DEEP)}", "data"),
    "data too large": ("subscriberId,data", f"1,{quoted(json.dumps({'a': 'x' * 90_000}))}", "data"),
    "cell too long": ("subscriberId,firstName", f"1,{'x' * 110_000}", "firstName"),
    "too few cells": ("subscriberId,email,phone", "1,a@b.io", "cells"),
    "too many cells": ("subscriberId,email", "1,a@b.io,slipped", "cells"),
    "comment": ("subscriberId,email", "# a comment", "cells"),
    "token with a blank": ("subscriberId,push.fcm.deviceTokens", "1,a b", "push.fcm.deviceTokens"),
    "webhook without scheme": (f"subscriberId,{HOOK}", "1,hooks.slack.com", HOOK),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_row_is_refused_by_line_and_column_and_its_neighbours_are_not(
    name: str, tmp_path: Path
) -> None:
    heading, row, place = REFUSED[name]
    width = heading.count(",")
    taken = take(csv_of(heading, f"good-1{',' * width}", row, f"good-2{',' * width}"), tmp_path)
    assert [one["subscriberId"] for one in taken.sent] == ["good-1", "good-2"]
    assert taken.plan
    assert taken.plan.counts[Verdict.REFUSED] == 1
    assert [one for one in taken.said if one.startswith("Line 3") and place in one]


@pytest.mark.parametrize("escape", ["\\ud800", "\\u0000"])
def test_what_cannot_be_stored_is_refused_in_json_lines_too(escape: str, tmp_path: Path) -> None:
    taken = take(
        f'{{"subscriberId":"1","firstName":"a{escape}"}}\n{{"subscriberId":"2"}}\n'.encode(), tmp_path
    )
    assert taken.refused or [one["subscriberId"] for one in taken.sent] == ["2"]
    assert "1" in taken.said[0]


ODD = {
    "phone": ("subscriberId,phone", "1,call me"),
    "blanks at the end of an id": ("subscriberId,phone", '"1 ",'),
    "invisible sign in an id": ("subscriberId,phone", "a\u200bb,"),
    "accents on their own in an id": ("subscriberId,phone", "e\u0301,"),
    "a name of blanks": ("subscriberId,firstName", '1,"  "'),
}


@pytest.mark.parametrize("name", ODD)
def test_what_merely_looks_odd_is_said_and_taken(name: str, tmp_path: Path) -> None:
    taken = take(csv_of(*ODD[name]), tmp_path)
    assert len(taken.sent) == 1
    assert taken.said[0].startswith("Line 2")


def test_tokens_never_stand_in_what_is_said(tmp_path: Path) -> None:
    token = "secret-token-with a blank-7f3e9999"
    taken = take(csv_of("subscriberId,push.fcm.deviceTokens", f"1,{token}"), tmp_path)
    assert taken.checked
    assert token not in " ".join(taken.said) + taken.checked.problems.path.read_text("utf-8")


def test_credentials_are_refused_to_those_who_may_not(tmp_path: Path) -> None:
    content = csv_of("subscriberId,push.fcm.deviceTokens", '1,"a,b"')
    assert "right to import credentials" in take(content, tmp_path, is_admin=False).said[0]
    assert dict(take(content, tmp_path).rows[0].reach) == {"fcm": {"deviceTokens": ["a", "b"]}}


@pytest.mark.parametrize(
    ("rule", "kept", "others"),
    [
        (Rule.LAST, ["B", "C"], Verdict.LEFT_OUT),
        (Rule.FIRST, ["A", "C"], Verdict.LEFT_OUT),
        (Rule.NONE, ["C"], Verdict.REFUSED),
    ],
)
def test_repeated_ids_are_resolved_by_the_rule_and_named(
    rule: Rule, kept: list[str], others: Verdict, tmp_path: Path
) -> None:
    taken = take(csv_of("subscriberId,firstName", "1,A", "1,B", "2,C"), tmp_path, rule=rule)
    assert [one["firstName"] for one in taken.sent] == kept
    assert taken.plan
    assert taken.plan.counts[others] == 3 - len(kept)
    assert "line" in taken.said[-1]


ADA: dict[str, Any] = {
    "subscriberId": "ada",
    "firstName": "Ada",
    "phone": "+1",
    "data": {"plan": "pro", "seats": 3},
}


def planned(tmp_path: Path, *rows: str, clear: str = "") -> Any:
    return take(csv_of(*rows), tmp_path, known={"ada": Known(ADA)}, clear=clear).rows[0]


def test_only_what_differs_is_sent_with_the_old_value_kept(tmp_path: Path) -> None:
    row = planned(tmp_path, "subscriberId,firstName,phone", "ada,Ada,'+2")
    assert (row.verdict, row.body, row.before) == (
        Verdict.CHANGE,
        {"subscriberId": "ada", "phone": "+2"},
        {"phone": "+1"},
    )


def test_a_blank_cell_leaves_alone_and_a_stated_word_clears(tmp_path: Path) -> None:
    assert planned(tmp_path, "subscriberId,phone", "ada,").verdict is Verdict.SAME
    assert planned(tmp_path, "subscriberId,phone", "ada,<none>", clear="<none>").body == {
        "subscriberId": "ada",
        "phone": None,
    }


def test_one_key_of_custom_data_is_set_and_the_others_stay(tmp_path: Path) -> None:
    row = planned(tmp_path, "subscriberId,data.plan,data.address.city,data.seats:json", "ada,free,Bonn,4")
    assert row.body["data"] == {"plan": "free", "seats": 4, "address": {"city": "Bonn"}}


def test_tokens_that_are_there_already_are_not_written_again(tmp_path: Path) -> None:
    channels = ({"providerId": "fcm", "credentials": {"deviceTokens": ["a", "b"]}},)
    content = csv_of("subscriberId,push.fcm.deviceTokens", "ada,a", "ada2,c")
    taken = take(content, tmp_path, known={"ada": Known(ADA, channels), "ada2": Known(ADA, channels)})
    assert [row.verdict for row in taken.rows] == [Verdict.SAME, Verdict.CHANGE]


@pytest.mark.parametrize(
    ("entry", "wanted", "stored", "is_reached"),
    [
        ("fcm", {"deviceTokens": ["a"]}, [{"deviceTokens": ["a", "b"]}], True),
        ("fcm[second]", {"deviceTokens": ["a"]}, [{"deviceTokens": ["a", "b"]}], False),
        ("fcm[second]", {"deviceTokens": []}, [], True),
        ("slack", {"webhookUrl": "w", "channel": ""}, [{"webhookUrl": "w"}], True),
        ("slack", {"webhookUrl": "new", "channel": ""}, [{"webhookUrl": "w"}], False),
        ("slack", {"webhookUrl": "w", "channel": ""}, [{"webhookUrl": "w", "channel": "c"}], False),
        ("slack", {"webhookUrl": "w", "channel": ""}, [], False),
        ("slack", {"channel": ""}, [{"webhookUrl": "w"}], True),
    ],
)
def test_an_entry_is_left_alone_only_when_it_holds_and_lacks_all_that_is_wanted(
    entry: str, wanted: dict[str, object], stored: list[dict[str, object]], is_reached: bool
) -> None:
    channels = tuple({"providerId": entry.partition("[")[0], "credentials": one} for one in stored)
    assert Known({}, channels).is_reached(entry, wanted) is is_reached
