"""Finished export files, each fetched by the session that made it."""

import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ExportFile:
    """A complete file in the spool folder, and the name it is downloaded under."""

    path: Path
    name: str
    media_type: str


class Exports:
    """Knows the files that may be fetched; a session's next export deletes its last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, tuple[str, ExportFile]] = {}

    @property
    def folder(self) -> Path:
        """Where export files are written; made on first use, for nobody else to read."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._folder

    def add(self, file: ExportFile, *, session_id: str) -> str:
        """Offer a file for download; returns the id for its address."""
        self.forget(session_id)
        export_id = secrets.token_urlsafe(24)
        self._files[export_id] = (session_id, file)
        return export_id

    def find(self, export_id: str, *, session_id: str) -> ExportFile | None:
        """The file behind an address, for its own session only."""
        owner, file = self._files.get(export_id, ("", None))
        return file if file and owner == session_id and file.path.is_file() else None

    def forget(self, session_id: str) -> None:
        """Delete what a session has made before."""
        for export_id, (owner, file) in list(self._files.items()):
            if owner == session_id:
                file.path.unlink(missing_ok=True)
                del self._files[export_id]

    def clear(self) -> None:
        """Delete everything in the spool folder: at start, where nobody knows the files any more."""
        for path in self._folder.glob("*"):
            path.unlink(missing_ok=True)
