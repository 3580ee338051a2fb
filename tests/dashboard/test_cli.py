"""The export from a terminal: the same rows as on the page, or an exit code and nothing at all."""

import csv
import io
from pathlib import Path

import pytest

from dashboard import cli

PEOPLE = 60


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DASHBOARD_SUBSCRIBERS", str(PEOPLE))
    monkeypatch.delenv("NOVU_SECRET_KEY", raising=False)


def written(capfdbinary: pytest.CaptureFixture[bytes]) -> str:
    return capfdbinary.readouterr().out.decode("utf-8")


def test_everyone_who_matches_with_the_columns_that_were_asked_for(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert cli.main(["export", "--email", "corp", "--columns", "subscriberId,email"]) == 0
    header, *rows = csv.reader(io.StringIO(written(capfdbinary), newline=""))
    assert header == ["subscriberId", "email"]
    assert rows
    assert all("corp" in email for _, email in rows)


def test_what_only_reading_everyone_tells_is_asked_for_in_the_same_words(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    asked = ["--lacks", "email", "--created", "2020-01-01..", "--columns", "subscriberId,email"]
    assert cli.main(["export", *asked]) == 0
    _, *rows = csv.reader(io.StringIO(written(capfdbinary), newline=""))
    assert rows
    assert {email for _, email in rows} == {""}
    assert cli.main(["export", "--search", rows[0][0][2:], "--scan", "--columns", "subscriberId"]) == 0
    assert rows[0][0] in written(capfdbinary)


def test_everyone_goes_to_a_file_when_one_is_named(tmp_path: Path) -> None:
    target = tmp_path / "people.jsonl"
    assert cli.main(["export", "--format", "jsonl", "--output", str(target)]) == 0
    assert len(target.read_text("utf-8").splitlines()) == PEOPLE
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["people.jsonl"]


def test_a_server_that_is_down_leaves_no_byte_and_a_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("NOVU_SECRET_KEY", "key-that-is-long-enough")
    monkeypatch.setenv("NOVU_API_URL", "http://127.0.0.1:9")
    target = tmp_path / "people.csv"
    target.write_text("from yesterday", "utf-8")
    assert cli.main(["export", "--output", str(target)]) == 1
    assert cli.main(["export"]) == 1
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert b"No file was written" in err
    assert b"key-that-is-long-enough" not in err
    assert target.read_text("utf-8") == "from yesterday"


@pytest.mark.parametrize(
    "wrong",
    [
        ["export", "--columns", "password"],
        ["import"],
        ["export", "--format", "xls"],
        ["export", "--lacks", "hair"],
        ["export", "--created", "yesterday"],
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_asked(
    wrong: list[str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(wrong)
    assert ended.value.code == 2
    assert capfdbinary.readouterr().out == b""
