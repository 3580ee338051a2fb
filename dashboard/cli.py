"""The export from a terminal: `python -m dashboard export --email @acme.example > people.csv`."""

import argparse
import asyncio
import getpass
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from api_client import ApiError, SubscriberFilter
from dashboard.app import build_context
from dashboard.audit import Event, Outcome
from dashboard.auth import Role
from dashboard.conditions import WIRE_NAMES, Conditions, Lack, Span
from dashboard.context import AppContext
from dashboard.csv_io import COLUMNS, DEFAULT_COLUMNS, Exported, ExportPlan, Format, Progress, export
from dashboard.pages.subscribers.state import ListState
from dashboard.refusals import Refusal
from dashboard.settings import load_settings

FAILED, INTERRUPTED = 1, 130
FORMATS = {"csv": Format.CSV, "csv-bom": Format.CSV, "jsonl": Format.JSON_LINES}


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. Whatever fails, nothing half-written is left."""
    asked = _parser().parse_args(arguments)
    if asked.list_columns:
        sys.stdout.write("".join(f"{key:15}{column.title}\n" for key, column in COLUMNS.items()))
        return 0
    try:
        return asyncio.run(_export(asked))
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser(
        "export", help="write everyone who matches to a file, complete or not at all"
    )
    command.add_argument(
        "--search", default="", metavar="TEXT", help="as in the search box; quotes mean exactly"
    )
    command.add_argument("--email", help="a part of the e-mail address")
    command.add_argument("--phone", help="a part of the phone number, as it is stored")
    command.add_argument("--name", help="a part of the name")
    command.add_argument("--id", dest="subscriber_id", help="a whole subscriber id")
    command.add_argument("--columns", type=_columns, default=DEFAULT_COLUMNS, metavar="KEY,KEY")
    command.add_argument("--format", choices=FORMATS, default="csv", help="csv-bom is for Excel")
    command.add_argument(
        "--scan", action="store_true", help="look for --search in every part of everyone, as the list's scan"
    )
    lacking = f"who lacks all of these: {', '.join(Lack)}"
    command.add_argument("--lacks", type=_lacks, default="", metavar="WHAT.WHAT", help=lacking)
    for name in WIRE_NAMES:
        days = "both days included, in UTC; either may be missing"
        command.add_argument(f"--{name}", type=_span, default="", metavar="DAY..DAY", help=days)
    command.add_argument("--raw", action="store_true", help="do not guard cells that start like a formula")
    command.add_argument("--output", type=Path, metavar="FILE", help="instead of standard output")
    command.add_argument("--list-columns", action="store_true", help="say which columns there are")
    return parser


def _lacks(text: str) -> str:
    unknown = [one for one in text.split(".") if text and one not in list(Lack)]
    if unknown:
        raise argparse.ArgumentTypeError(f"nobody lacks {unknown[0]!r}; there are: {', '.join(Lack)}")
    return text


def _span(text: str) -> str:
    if str(Span.from_text(text)) != text:
        raise argparse.ArgumentTypeError(f"{text!r} are no days like 2026-11-01..2026-11-30 or 2026-11-01..")
    return text


def _columns(keys: str) -> tuple[object, ...]:
    unknown = [key for key in keys.split(",") if key not in COLUMNS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no column {unknown[0]}; there are: {', '.join(COLUMNS)}")
    return tuple(COLUMNS[key] for key in dict.fromkeys(keys.split(",")))


async def _export(asked: argparse.Namespace) -> int:
    ctx = build_context(load_settings())
    try:
        with tempfile.TemporaryDirectory(prefix="export-") as folder:
            done = await _on_record(ctx, asked, Path(folder))
            return _hand_over(done.path, asked.output)
    except (ApiError, Refusal) as error:
        sys.stderr.write(f"No file was written. {error.user_text}\n")
        return FAILED
    finally:
        await ctx.api.aclose()


async def _on_record(ctx: AppContext, asked: argparse.Namespace, folder: Path) -> Exported:
    """Export with a line in the audit log before and one after, as from the page."""
    plan = _plan(asked, ctx.clock.now())
    has_secrets = any(column.is_secret for column in plan.columns)
    event = Event(
        name="subscribers.exported_with_secrets" if has_secrets else "subscribers.exported",
        outcome=Outcome.BEGUN,
        action_id=str(uuid.uuid4()),
        actor=f"{getpass.getuser()} (terminal)",
        role=Role.ADMIN.value,
        session_id="",
        before={"filters": [str(one) for one in plan.filters], "columns": [one.key for one in plan.columns]},
    )
    await ctx.audit.append(event)
    outcome, rows = Outcome.FAILED, 0
    try:
        done = await export(ctx.reader, plan, folder=folder, on_progress=_say)
        outcome, rows = Outcome.DONE, done.rows
    finally:
        await ctx.audit.append(replace(event, outcome=outcome, after={"rows": rows}))
    return done


def _plan(asked: argparse.Namespace, now: datetime) -> ExportPlan:
    """What the list would export for the same search."""
    within = SubscriberFilter(
        email=asked.email, phone=asked.phone, name=asked.name, subscriber_id=asked.subscriber_id
    )
    dates = {"lacks": asked.lacks, "created": asked.created, "updated": asked.updated}
    state = ListState(asked.search, within, Conditions.from_query(dates))
    state = state.looking_anywhere() if asked.scan else state
    return ExportPlan(
        filters=state.wanted(),
        columns=asked.columns,
        format=FORMATS[asked.format],
        bom=asked.format == "csv-bom",
        keeps=state.keeps(now),
        is_past=state.is_past(descending=False),
        guards=not asked.raw,
    )


def _say(progress: Progress) -> None:
    """How far it is, on a terminal only."""
    if sys.stderr.isatty():
        of = f" of {progress.total:,}" if progress.total else ""
        sys.stderr.write(f"\r{progress.rows:,}{of} rows ")


def _hand_over(complete: Path, output: Path | None) -> int:
    """Give the finished file its place, or pour it into standard output."""
    if output is not None:
        beside = output.with_name(f".{output.name}.{os.getpid()}")
        shutil.copyfile(complete, beside)
        beside.replace(output)
        return 0
    try:
        with complete.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return 0
