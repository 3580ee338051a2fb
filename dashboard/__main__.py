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
    if settings.redis_url is None:
        sys.modules["redis"] = None  # type: ignore[assignment]  # NiceGUI would load it for nothing: 11 MB
        return
    os.environ["NICEGUI_REDIS_URL"] = settings.redis_url.get_secret_value()
    os.environ.setdefault("NICEGUI_REDIS_KEY_PREFIX", "novu-dashboard:")


if __name__ in {"__main__", "__mp_main__"}:
    main()
