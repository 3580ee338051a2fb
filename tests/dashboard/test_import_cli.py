"""The import from a terminal: looked at, done, refused, resumed; the exit code says how it went."""

import asyncio
import csv
import io
from pathlib import Path

import pytest

from dashboard import import_cli
from dashboard.actions.imports import plan_import
from dashboard.app import build_context
from dashboard.auth import Role
from dashboard.jobs import JobState
from dashboard.settings import load_settings
from tests.dashboard.imports.files import csv_of, take
from tests.dashboard.joined import sign_in

GOOD = csv_of("subscriberId,firstName", "1,Ada", "2,Bob")
MIXED = csv_of("subscriberId,email", "1,ada@b.io", "2,nope")


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DASHBOARD_SUBSCRIBERS", "3")
    monkeypatch.delenv("NOVU_SECRET_KEY", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def run(file: Path, *more: str) -> int:
    return import_cli.main(["import", str(file), *more])


def test_a_dry_run_counts_and_sends_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(GOOD)
    assert run(file, "--dry-run") == 0
    assert "2  would be created" in capsys.readouterr().out
    assert run(file, "--dry-run") == 0
    assert "2  would be created" in capsys.readouterr().out


def test_yes_imports_and_the_result_file_says_what_came_of_each_row(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(MIXED)
    result = tmp_path / "result.csv"
    assert run(file, "--yes", "--result", str(result)) == import_cli.SOME_REFUSED
    assert "Line 3, email: this is not an e-mail address (“nope”)" in capsys.readouterr().out
    rows = list(csv.DictReader(io.StringIO(result.read_text("utf-8"), newline="")))
    assert [(row["line"], row["subscriberId"], row["state"]) for row in rows] == [
        ("2", "1", "done"),
        ("3", "2", "refused"),
    ]
    assert not list((tmp_path / "data" / "imports").iterdir())
    assert run(file, "--dry-run") == import_cli.SOME_REFUSED
    assert "1  have all of it already" in capsys.readouterr().out


def test_without_a_yes_nothing_is_sent(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(GOOD)
    assert run(file) == import_cli.FAILED
    assert "Nothing was sent" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "The file is empty."), (csv_of("email", "a@b.io"), "No column goes to the subscriber id")],
)
def test_a_file_that_cannot_be_used_says_why(
    file: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(content)
    assert run(file, "--yes") == import_cli.FAILED
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_and_a_job_that_is_not_there_say_so(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, "--yes") == import_cli.FAILED
    assert "No such file" in capsys.readouterr().err
    assert import_cli.main(["import", "--resume", "nothing"]) == import_cli.FAILED
    assert "no such job" in capsys.readouterr().err


def test_columns_words_and_delimiters_can_be_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(csv_of("nr|who", "1|Ada", "2|-"))
    said = ["--map", "nr=subscriberId", "--map", "who=firstName", "--delimiter", "bar", "--clear", "-"]
    assert run(file, *said, "--encoding", "cp1252", "--dry-run") == 0
    assert "Windows-1252 (western Europe), vertical bar" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [[], ["x.csv", "--resume", "1"], ["x.csv", "--map", "a=shoe"]])
def test_what_makes_no_sense_is_wrong_usage(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        import_cli.main(["import", *wrong])
    assert ended.value.code == 2


@pytest.mark.parametrize("state", [JobState.READY, JobState.PAUSED])
def test_an_import_that_was_stopped_is_resumed_by_its_job(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], state: JobState
) -> None:
    job_id = asyncio.run(_written_down(tmp_path, state))
    assert import_cli.main(["import", "--resume", job_id]) == 0
    assert "2  done" in capsys.readouterr().out
    assert import_cli.main(["import", "--resume", job_id]) == import_cli.FAILED
    assert "has come to its end" in capsys.readouterr().err


async def _written_down(folder: Path, state: JobState) -> str:
    """An import that nobody works on, as a dashboard that was stopped leaves it."""
    ctx = build_context(load_settings())
    plan = take(GOOD, folder).plan
    assert plan
    visit = await sign_in(ctx, Role.OPERATOR)
    job_id = await plan_import(ctx, visit, plan=plan, file="people.csv", subject="")
    assert await ctx.jobs.halt(job_id, state)
    await ctx.api.aclose()
    return job_id
