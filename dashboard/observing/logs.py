"""The log on stderr: one JSON object a line for machines, or short lines for people; never a secret."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from dashboard.observing import request_ids
from dashboard.observing.redaction import Redaction, secrets_of
from dashboard.settings import Settings

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


def set_up_logging(settings: Settings) -> None:
    """Call once at the start. People hear of warnings and worse; machines also of each audit line's hash."""
    redaction = Redaction(secrets_of(settings))
    is_json = settings.log_format == "json"
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(redaction) if is_json else Lines(redaction))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if is_json else logging.WARNING)
    logging.getLogger("nicegui").handlers.clear()  # else it says everything twice, and as it came
    for chatty in ("httpx", "aiohttp.access", "alembic", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, request id, and what else a record carries."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__()
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._redaction.clean(record.getMessage()),
            "request_id": request_ids.current(),
        }
        more = {name: value for name, value in vars(record).items() if name not in _STANDARD}
        line |= {name: _plain(value, self._redaction) for name, value in more.items() if name not in line}
        if record.exc_info:
            line["error"] = self._redaction.clean(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=True)  # no line break or escape sequence gets through


class Lines(logging.Formatter):
    """Time, level, logger and message; the error below."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        told = self._redaction.clean(super().format(record))
        return "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in told)


def _plain(value: object, redaction: Redaction) -> object:
    """Marks of our own, like an audit line's hash, stay; longer texts are looked through."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    is_hash = len(text) == 64 and set(text) <= set("0123456789abcdef")
    return text if is_hash else redaction.clean(text)
