"""The parts joined as the running dashboard joins them, without pages."""

from pathlib import Path

from api_client import SubscriberClient
from dashboard.audit import AuditLog
from dashboard.auth import Role, Sessions, SignInLinks
from dashboard.clock import Clock
from dashboard.context import AppContext, Visit
from dashboard.desk import Desk
from dashboard.exports import Exports
from dashboard.jobs import Jobs
from dashboard.settings import Settings
from dashboard.storage import Database
from dashboard.unseen import UnseenCounts


def make_context(api: SubscriberClient, database: Database, clock: Clock, *, folder: Path) -> AppContext:
    sessions = Sessions(database, clock)
    return AppContext(
        settings=Settings(data_dir=folder),
        api=api,
        sessions=sessions,
        links=SignInLinks(database, sessions, clock),
        exports=Exports(folder / "exports"),
        desk=Desk(database, fingerprint="test"),
        jobs=Jobs(database, clock, fingerprint="test"),
        unseen=UnseenCounts(api, clock),
        audit=AuditLog(database, clock, environment="Test"),
        clock=clock,
        started_with_embedded=True,
    )


async def sign_in(ctx: AppContext, role: Role) -> Visit:
    session = await ctx.sessions.find(await ctx.sessions.create("ada", role))
    assert session is not None
    return Visit(session.actor, session.id, session.role)
