"""Hang the doors, from the outermost to the innermost."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from nicegui import app, background_tasks, core

from dashboard.auth.gate import SIGN_ON, SameOrigin, SessionGate
from dashboard.context import AppContext
from dashboard.doors.bodies import BodyLimit
from dashboard.doors.headers import SafeHeaders
from dashboard.doors.hung_up import HungUp
from dashboard.doors.live import EVERY_S, LiveSessions
from dashboard.doors.out_of_reach import OutOfReach
from dashboard.doors.policy import ContentPolicy
from dashboard.doors.sockets import SocketGuard
from dashboard.doors.turned_away import TurnedAway


def install_doors(ctx: AppContext, turned_away: TurnedAway) -> None:
    """Call once, before the first request. What is added last is met first."""
    live = LiveSessions(ctx.sessions, ctx.clock, later=background_tasks.create)
    app.add_middleware(OutOfReach, live=live, on_refused=turned_away)
    ways_in = SIGN_ON if ctx.settings.oidc_issuer else frozenset[str]()
    app.add_middleware(SessionGate, sessions=ctx.sessions, on_refused=turned_away, ways_in=ways_in)
    app.add_middleware(SameOrigin, on_refused=turned_away)
    app.add_middleware(BodyLimit)
    app.add_middleware(ContentPolicy)
    app.add_middleware(SafeHeaders)
    app.add_middleware(HungUp)
    SocketGuard(core.sio, live, on_refused=turned_away, later=background_tasks.create).install()
    ctx.sessions.on_ended = live.look
    app.timer(EVERY_S, live.check)
