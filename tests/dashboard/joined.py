"""The parts joined as the running dashboard joins them, without pages."""

from pathlib import Path

from argon2 import PasswordHasher

from api_client import SubscriberClient
from dashboard.audit import AuditLog, Seal
from dashboard.auth import Operators, Passwords, Policies, Role, Sessions, SignInLinks, Throttle
from dashboard.auth.proofs import Proofs
from dashboard.auth.second_factors import SecondFactors
from dashboard.clock import Clock
from dashboard.context import AppContext, Visit
from dashboard.csv_io.incoming.preparing import limits_of
from dashboard.desk import Desk
from dashboard.environment import EnvironmentSign
from dashboard.exports import Exports
from dashboard.import_drafts import ImportDrafts
from dashboard.jobs import Jobs
from dashboard.lock import ProductionLock
from dashboard.settings import Settings
from dashboard.storage import Database
from dashboard.unseen import UnseenCounts

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def make_context(api: SubscriberClient, database: Database, clock: Clock, *, folder: Path) -> AppContext:
    sessions = Sessions(database, clock)
    settings = Settings(data_dir=folder)
    sign = EnvironmentSign(settings)
    return AppContext(
        settings=settings,
        api=api,
        sessions=sessions,
        links=SignInLinks(database, sessions, clock),
        exports=Exports(folder / "exports"),
        drafts=ImportDrafts(folder / "imports", limits_of(settings), clock),
        desk=Desk(database, fingerprint="test"),
        jobs=Jobs(database, clock, fingerprint="test"),
        unseen=UnseenCounts(api, clock),
        operators=Operators(database, sessions, Passwords(QUICK), clock),
        policies=Policies(database),
        throttle=Throttle(database, clock),
        second_factors=SecondFactors(database, sessions, clock, "a secret of the tests"),
        proofs=Proofs(clock),
        sign=sign,
        lock=ProductionLock(database, clock, sign, fingerprint="test"),
        audit=AuditLog(database, clock, environment=lambda: "Test", seal=Seal("a secret of the tests")),
        clock=clock,
        started_with_embedded=True,
    )


async def sign_in(ctx: AppContext, role: Role) -> Visit:
    session = await ctx.sessions.find(await ctx.sessions.create("ada", role))
    assert session is not None
    ctx.proofs.note(session.id)
    return Visit(session.actor, session.id, session.role)
