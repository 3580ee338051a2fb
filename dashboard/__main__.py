"""Start the dashboard: read the settings, join the parts, run. With arguments, run one command."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

import socket
import sys

from nicegui import app, ui

from dashboard import accounts_cli, cli, paths
from dashboard.app import build_context, install
from dashboard.context import AppContext
from dashboard.settings import EXIT_BAD_CONFIGURATION, Settings, load_settings
from dashboard.theme import assets_folder

RECONNECT_S = 30  # a gap in the network shorter than this loses nothing that was typed


def main() -> None:
    if len(sys.argv) > 1:
        command = accounts_cli if sys.argv[1] in accounts_cli.COMMANDS else cli
        raise SystemExit(command.main(sys.argv[1:]))
    settings = load_settings()
    _check_port(settings)
    ctx = build_context(settings)
    root = install(ctx)
    app.on_startup(lambda: _greet(ctx))
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
    )


def _check_port(settings: Settings) -> None:
    """Say plainly that the port is taken, before anything else is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            sys.stderr.write(
                f"Port {settings.port} is taken, perhaps by another dashboard. "
                "Stop that one, or set DASHBOARD_PORT.\n"
            )
            raise SystemExit(EXIT_BAD_CONFIGURATION) from None


async def _greet(ctx: AppContext) -> None:
    """Print the address, and the link that opens it once while nobody has an account."""
    address = f"http://{_host(ctx.settings)}:{ctx.settings.port}"
    api = "the embedded API with demonstration data" if ctx.started_with_embedded else ctx.settings.api_url
    print(f"\nDashboard  {address}\nWorks on   {api}")
    if await ctx.operators.any():
        print(f"Open       {address}{paths.SIGN_IN}\n", flush=True)
        return
    print(f"Open       {address}{paths.OPEN}?token={await ctx.links.issue()}")
    print("           (this link works once, within ten minutes; stop with Ctrl-C)\n", flush=True)


def _host(settings: Settings) -> str:
    return f"[{settings.host}]" if ":" in settings.host else settings.host


if __name__ in {"__main__", "__mp_main__"}:
    main()
