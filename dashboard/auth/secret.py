"""The secret that signs browser cookies: made once and kept in the data folder."""

import secrets
from pathlib import Path

NAME = "session-secret"


def kept_secret(data_dir: Path) -> str:
    """The secret kept in `data_dir`, made on first use; readable by its owner only.

    Two processes that start together agree: the first one's file wins.
    """
    path = data_dir / NAME
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _make(path)
    return path.read_text("ascii")


def _make(path: Path) -> None:
    """Write beside and link into place, so that nobody reads half a secret."""
    draft = path.with_name(f"{NAME}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), "ascii")
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
