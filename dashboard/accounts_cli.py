"""Operators and the audit log from a terminal: `python -m dashboard operator add NAME --role admin`."""

import argparse
import asyncio
import getpass
import sys
import uuid
from collections.abc import Sequence

from dashboard.app import build_context, secret_of
from dashboard.audit import Event, Outcome, Seal, all_lines, verify
from dashboard.auth import Role
from dashboard.context import AppContext
from dashboard.refusals import Refusal
from dashboard.settings import Settings, load_settings
from dashboard.storage import open_database

COMMANDS = ("operator", "audit")
FAILED = 1
PAST = {
    "add": "added",
    "password": "password_set",
    "role": "role_set",
    "lock": "locked",
    "unlock": "unlocked",
    "reset-second-factor": "second_factor_reset",
}
"""How the log names what a verb did: as for the same thing done on the Operators page."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    asked = _parser().parse_args(arguments)
    settings = load_settings()
    if asked.command == "audit":
        return asyncio.run(_verify(settings))
    try:
        asyncio.run(_operator(settings, asked))
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.user_text}\n")
        return FAILED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard")
    commands = parser.add_subparsers(dest="command", required=True)
    verbs = commands.add_parser("operator", help="accounts").add_subparsers(dest="verb", required=True)
    for verb, words in {
        "add": "make an account; the password is asked for, or read from standard input",
        "password": "give a new password; ends that person's sessions",
        "role": "change the role; ends that person's sessions",
        "lock": "out at once, and not in again",
        "unlock": "let in again",
        "reset-second-factor": "for someone who lost phone and recovery codes; ends that person's sessions",
    }.items():
        command = verbs.add_parser(verb, help=words)
        command.add_argument("name")
        if verb in {"add", "role"}:
            command.add_argument("--role", type=Role, choices=tuple(Role), required=True)
    verbs.add_parser("list", help="who there is")
    audit = commands.add_parser("audit", help="the log").add_subparsers(dest="verb", required=True)
    audit.add_parser("verify", help="walk the chain; exit code 1 where it was broken")
    return parser


async def _operator(settings: Settings, asked: argparse.Namespace) -> None:
    ctx = build_context(settings)
    try:
        if asked.verb == "list":
            having = await ctx.second_factors.all()
            for one in await ctx.operators.all():
                factor = "second factor" if one.name in having else ""
                state = "locked" if one.is_locked else ""
                sys.stdout.write(f"{one.name:30} {one.role.value:10} {factor:14} {state}\n")
            return
        await _change(ctx, asked)
        await _record(ctx, asked)
    finally:
        await ctx.api.aclose()


async def _change(ctx: AppContext, asked: argparse.Namespace) -> None:
    operators = ctx.operators
    if asked.verb == "add":
        await operators.add(asked.name, asked.role, _password())
    elif asked.verb == "password":
        await operators.set_password(asked.name, _password())
    elif asked.verb == "role":
        await operators.set_role(asked.name, asked.role)
    elif asked.verb == "lock":
        await operators.lock(asked.name)
    elif asked.verb == "reset-second-factor":
        await ctx.second_factors.turn_off(asked.name)
    else:
        await operators.unlock(asked.name)


async def _record(ctx: AppContext, asked: argparse.Namespace) -> None:
    event = Event(
        name=f"operator.{PAST[asked.verb]}",
        outcome=Outcome.DONE,
        action_id=str(uuid.uuid4()),
        actor=f"{getpass.getuser()} (terminal)",
        role=Role.ADMIN.value,
        session_id="",
        subject=asked.name,
        after={"role": asked.role.value} if asked.verb in {"add", "role"} else None,
    )
    await ctx.audit.append(event)


def _password() -> str:
    """Typed twice at a terminal, else the first line of standard input; never an argument."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise Refusal("The two passwords differ; nothing was changed.")
    return first


async def _verify(settings: Settings) -> int:
    database = open_database(settings.database_url)
    seal = Seal(secret_of(settings))
    verdict = await database.read(lambda connection: verify(all_lines(connection), seal))
    database.close()
    sys.stdout.write("".join(f"{problem}\n" for problem in verdict.problems))
    words = "whole" if verdict.is_whole else "BROKEN"
    sys.stdout.write(f"{verdict.lines} lines, the chain is {words}. Last hash: {verdict.head or 'none'}\n")
    return 0 if verdict.is_whole else FAILED
