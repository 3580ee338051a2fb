"""Serve the dashboard on its port, and say in the terminal where it is."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

import asyncio
import gc
import socket
import sys
from contextlib import suppress

from nicegui import app, ui

from dashboard import paths
from dashboard.app import build_context, install
from dashboard.context import AppContext
from dashboard.observing.logs import set_up_logging
from dashboard.settings import EXIT_BAD_CONFIGURATION, Settings, is_loopback
from dashboard.theme import assets_folder

RECONNECT_S = 30  # a gap in the network shorter than this loses nothing that was typed


def serve(settings: Settings) -> None:
    """Run until stopped. Exits with 78 and a sentence where the port or the address cannot be used."""
    set_up_logging(settings)
    _check_port(settings)
    ctx = build_context(settings)
    _check_host(ctx)
    root = install(ctx)
    app.on_startup(_settle)
    app.on_startup(lambda: _greet(ctx))
    with suppress(KeyboardInterrupt):  # raised again once everything is closed: Ctrl-C is how one stops it
        ui.run(
            root,
            host=settings.host,
            port=settings.port,
            title="Operator dashboard",
            favicon=assets_folder() / "favicon.svg",
            dark=None,
            language="en-US",
            reconnect_timeout=RECONNECT_S,
            reload=False,
            show=False,
            tailwind=False,
            show_welcome_message=False,
            server_header=False,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=5,
            ws_per_message_deflate=False,  # its window and tables take 0.3 MB for each open page
            log_config=None,  # uvicorn's lines go where all others go, and lose their secrets
        )


def _settle() -> None:
    """What was loaded stays for good: the collector need not walk it each time while somebody waits."""
    gc.collect()
    gc.freeze()


def _check_port(settings: Settings) -> None:
    """Say plainly that the port is taken, before anything else is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            _give_up(
                f"Port {settings.port} is taken, perhaps by another dashboard. "
                "Stop that one, or set DASHBOARD_PORT."
            )


def _check_host(ctx: AppContext) -> None:
    """Without an account the one-time link is the only door, and that is for this machine alone."""
    is_open_to_somebody = ctx.settings.oidc_issuer is not None or asyncio.run(ctx.operators.any())
    if not is_loopback(ctx.settings.host) and not is_open_to_somebody:
        _give_up(
            "DASHBOARD_HOST: only 127.0.0.1, ::1 or localhost are allowed while nobody has an account. "
            "Make one first: python -m dashboard operator add NAME --role admin"
        )


def _give_up(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(EXIT_BAD_CONFIGURATION)


async def _greet(ctx: AppContext) -> None:
    """Print the address, and the link that opens it once while nobody has an account."""
    address = f"http://{_host(ctx.settings)}:{ctx.settings.port}"
    api = "the embedded API with demonstration data" if ctx.started_with_embedded else ctx.settings.api_url
    print(f"\nDashboard  {address}\nWorks on   {api}")
    if ctx.settings.oidc_issuer is not None or await ctx.operators.any():
        print(f"Open       {address}{paths.SIGN_IN}\n", flush=True)
        return
    print(f"Open       {address}{paths.OPEN}?token={await ctx.links.issue()}")
    print("           (this link works once, within ten minutes; stop with Ctrl-C)\n", flush=True)


def _host(settings: Settings) -> str:
    return f"[{settings.host}]" if ":" in settings.host else settings.host
