"""Start the dashboard: read the settings, join the parts, run. With arguments, run one command."""

import os
import sys

from dashboard.settings import Settings, load_settings


def main() -> None:
    if len(sys.argv) > 1:
        raise SystemExit(_command(sys.argv[1:]))
    settings = load_settings()
    _share_storage(settings)
    from dashboard.serving import serve  # noqa: PLC0415 - NiceGUI opens its storage when it is imported

    serve(settings)


def _command(arguments: list[str]) -> int:
    from dashboard import accounts_cli, cli, import_cli  # noqa: PLC0415 - a server has no use for them

    others = {name: room for room in (accounts_cli, import_cli) for name in room.COMMANDS}
    command = others.get(arguments[0], cli)
    return command.main(arguments)


def _share_storage(settings: Settings) -> None:
    """Tell NiceGUI where its storage is; it takes that from its own variable only."""
    _leave_out("rich")  # httpx loads it for its own command line, where a developer has it: 4 MB
    if settings.redis_url is None:
        _leave_out("redis")  # NiceGUI loads it where it is installed: 11 MB
        return
    os.environ["NICEGUI_REDIS_URL"] = settings.redis_url.get_secret_value()
    os.environ.setdefault("NICEGUI_REDIS_KEY_PREFIX", "novu-dashboard:")


def _leave_out(module: str) -> None:
    """Let every import of it fail: who wants it can do without, and a server keeps what it has loaded."""
    sys.modules[module] = None  # type: ignore[assignment]  # Python's own word for that


if __name__ in {"__main__", "__mp_main__"}:
    main()
