"""An import from a terminal: `python -m dashboard import people.csv --dry-run`, then with `--yes`."""

import argparse
import asyncio
import getpass
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from api_client import BATCH, ApiError
from dashboard.actions import bulk
from dashboard.actions.imports import plan_import
from dashboard.app import build_context
from dashboard.auth import Role
from dashboard.context import AppContext, Visit
from dashboard.csv_io.incoming.duplicates import Rule
from dashboard.csv_io.incoming.fields import destination
from dashboard.csv_io.incoming.form import DELIMITERS, ENCODINGS, FileKind
from dashboard.csv_io.incoming.plan import Plan
from dashboard.csv_io.incoming.preparing import Preparation, limits_of
from dashboard.csv_io.incoming.spool import Verdict
from dashboard.import_results import write_results
from dashboard.jobs import Job, JobState, RowState
from dashboard.refusals import Refusal
from dashboard.settings import load_settings

COMMANDS = ("import",)
FAILED, SOME_REFUSED, INTERRUPTED = 1, 3, 130
LOOK_EVERY_S = 0.5
ELSEWHERE = "This process does not work on it any more; look at how it stands on its page."
_NAMED = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_COUNTED = {
    Verdict.CREATE: "would be created",
    Verdict.CHANGE: "would be changed",
    Verdict.SAME: "have all of it already",
    Verdict.LEFT_OUT: "left out, the id appears more than once",
    Verdict.REFUSED: "refused",
}


class Declined(Refusal):
    """Nobody said yes."""

    def __init__(self) -> None:
        super().__init__("Nothing was sent. Say --yes to import, or --dry-run to only look.")


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit code says how it went: 0 all of it, 3 without some rows, 1 not at all."""
    parser = _parser()
    asked = parser.parse_args(arguments[1:])
    if (asked.file is None) == (asked.resume is None):
        parser.error("name a file, or a job with --resume")
    try:
        return asyncio.run(_run(asked))
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. What was sent is stored; go on with --resume.\n")
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard import", description=__doc__)
    add = parser.add_argument
    add("file", type=Path, nargs="?", help="CSV, TSV, JSON Lines or XLSX")
    add("--dry-run", action="store_true", help="only say what would be done")
    add("--yes", action="store_true", help="do it without asking")
    add("--result", type=Path, metavar="FILE", help="what came of each row, as CSV")
    add("--map", action="append", default=[], type=_pair, metavar="HEADING=KEY", help="where a column goes")
    add("--clear", default="", metavar="WORD", help="a cell that holds just this clears the value")
    add("--repeated", type=Rule, choices=tuple(Rule), default=Rule.LAST, help="which row of an id counts")
    add("--encoding", choices=ENCODINGS, help="instead of the one recognised")
    add("--delimiter", choices=_NAMED, help="instead of the one recognised")
    add("--resume", metavar="JOB", help="go on with an import that was stopped")
    return parser


def _pair(text: str) -> tuple[str, str]:
    heading, _, key = text.rpartition("=")
    if not heading or (key and destination(key) is None):
        raise argparse.ArgumentTypeError(f"no HEADING=KEY with a known key: {text}")
    return heading, key


async def _run(asked: argparse.Namespace) -> int:
    ctx = build_context(load_settings())
    actor = f"{getpass.getuser()} (terminal)"
    session = await ctx.sessions.find(await ctx.sessions.create(actor, Role.ADMIN))
    visit = Visit(actor, session.id if session else "", Role.ADMIN, calls=BATCH)
    preparation = Preparation(ctx.settings.data_dir / "imports", limits_of(ctx.settings))
    try:
        await ctx.sign.ask(ctx.reader)  # production is locked, and so is what cannot be told from it
        if asked.resume:
            return await _carry_out(ctx, visit, await _stopped(ctx, asked.resume), asked.result)
        plan = await _planned(ctx, preparation, asked)
        if asked.dry_run:
            return SOME_REFUSED if plan.counts.get(Verdict.REFUSED) else 0
        _confirm(asked, plan)
        job = await _written_down(ctx, visit, preparation, plan)
        return await _carry_out(ctx, visit, job, asked.result)
    except (ApiError, Refusal, OSError) as error:
        sys.stderr.write(f"{error.strerror if isinstance(error, OSError) else error.user_text}\n")
        return FAILED
    finally:
        await ctx.jobs.here.stop()
        await ctx.sessions.end(visit.session_id)
        await ctx.api.aclose()
        preparation.close()


async def _planned(ctx: AppContext, preparation: Preparation, asked: argparse.Namespace) -> Plan:
    """Read, check and compare; says every count, and the first refusals by line and column."""
    if asked.file.stat().st_size <= preparation.limits.bytes:
        await asyncio.to_thread(shutil.copyfile, asked.file, preparation.path)
    else:
        preparation.path.symlink_to(asked.file.absolute())  # refused by its size, before it is read
    known = dict(asked.map)
    await preparation.recognise(asked.file.name, known)
    table = preparation.table
    if table and table.form.kind is not FileKind.WORKBOOK and (asked.encoding or asked.delimiter):
        encoding = asked.encoding or table.form.encoding
        delimiter = _NAMED.get(asked.delimiter, table.form.delimiter)
        await preparation.read_as(replace(table.form, encoding=encoding, delimiter=delimiter), known)
    preparation.decide(clear=asked.clear, rule=asked.repeated)
    problems = preparation.problems(may_set_credentials=True)
    if problems:
        raise Refusal(" ".join(problems))
    plan = await preparation.compare(ctx.reader, on_calls=_counting("looked up"))
    _tell(preparation, plan)
    return plan


def _tell(preparation: Preparation, plan: Plan) -> None:
    form = preparation.table.form if preparation.table else None
    if form:
        sign = DELIMITERS[form.delimiter].lower() if form.kind is FileKind.DELIMITED else form.kind.value
        sys.stdout.write(f"{preparation.name}: {ENCODINGS[form.encoding]}, {sign}\n")
    for verdict, words in _COUNTED.items():
        sys.stdout.write(f"{plan.counts.get(verdict, 0):>9,}  {words}\n")
    problems = preparation.checked.problems if preparation.checked else None
    for problem in problems.first if problems else ():
        sys.stdout.write(f"{problem.sentence()}\n")


def _confirm(asked: argparse.Namespace, plan: Plan) -> None:
    if asked.yes:
        return
    if not sys.stdin.isatty() or input(f"Type {plan.sent} to import: ").strip() != str(plan.sent):
        raise Declined


async def _written_down(ctx: AppContext, visit: Visit, preparation: Preparation, plan: Plan) -> Job:
    subject = f"from the terminal, {preparation.path.stat().st_size:,} bytes"
    job_id = await plan_import(ctx, visit, plan=plan, file=preparation.name, subject=subject)
    job = await ctx.jobs.find(job_id)
    if job is None:
        raise Refusal("The import could not be written down.")
    return job


async def _stopped(ctx: AppContext, job_id: str) -> Job:
    """The job, once nobody else works on it: a process that died holds its lease for some seconds."""
    while True:
        await ctx.jobs.leases.orphans(job_id)
        job = await ctx.jobs.find(job_id)
        if job is None:
            raise Refusal("There is no such job here. It may belong to another API key.")
        if job.state is not JobState.RUNNING:
            return job
        await asyncio.sleep(LOOK_EVERY_S)


async def _carry_out(ctx: AppContext, visit: Visit, job: Job, result: Path | None) -> int:
    """Run to the end, then say what came of it."""
    sys.stderr.write(f"Job {job.id}\n")
    await bulk.begin(ctx, visit, job)
    tell = _counting("rows")
    while ctx.jobs.here.holds(job.id):
        await asyncio.sleep(LOOK_EVERY_S)
        await ctx.jobs.renew()
        job = await ctx.jobs.find(job.id) or job
        tell(job.settled, job.total)
    job = await ctx.jobs.find(job.id) or job
    if result:
        await write_results(ctx.jobs, job.id, result)
    for state, number in sorted(job.counts.items()):
        sys.stdout.write(f"{number:>9,}  {state.value}\n")
    if job.state is not JobState.DONE:
        sys.stderr.write(f"{job.reason or ELSEWHERE}\nGo on with --resume {job.id}\n")
        return FAILED
    return SOME_REFUSED if job.failed or job.counts.get(RowState.REFUSED) else 0


def _counting(what: str) -> Callable[[int, int], None]:
    """How far it is, on a terminal only."""

    def tell(done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done:,} of {of:,} {what} ")

    return tell
