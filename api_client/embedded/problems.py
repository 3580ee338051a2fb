"""Every refusal of the service, in the shape that it has there."""

from collections.abc import Mapping, Sequence

INTERNAL = "Internal server error, contact support and provide them with the errorId"
NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    409: "Conflict",
    422: "Unprocessable Entity",
}


class Problem(Exception):
    """An answer that is an error: its status, its message, and further keys of its body.

    `ctx` None leaves that key out; the keys of `ctx` are repeated beside it, as the service does.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        ctx: Mapping[str, object] | None = None,
        more: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message
        self.ctx = ctx
        self.more = more or {}
        self.headers = dict(headers or {})

    def with_headers(self, headers: Mapping[str, str]) -> "Problem":
        """The same problem, answered with further headers."""
        self.headers |= headers
        return self

    def body(self, *, path: str, timestamp: str) -> dict[str, object]:
        found: dict[str, object] = dict(self.ctx or {})
        found |= {"statusCode": self.status, "timestamp": timestamp, "path": path, "message": self.message}
        if self.ctx is not None:
            found["ctx"] = dict(self.ctx)
        return found | dict(self.more)


def refused(status: int, message: str, *, headers: Mapping[str, str] | None = None) -> Problem:
    """The usual one: name and status are in the body and again under `ctx`."""
    return Problem(status, message, ctx={"error": NAMES[status], "statusCode": status}, headers=headers)


def nameless(status: int, message: str) -> Problem:
    """Like `refused`, without the error's name."""
    return Problem(status, message, ctx={"statusCode": status})


def explained(status: int, message: str, **ctx: object) -> Problem:
    """Carries keys of its own instead of the error's name and status."""
    return Problem(status, message, ctx=ctx)


def not_found(message: str) -> Problem:
    return refused(404, message)


def bad_request(message: str) -> Problem:
    return refused(400, message)


def invalid(messages: Sequence[str]) -> Problem:
    """The answer to a request of the wrong form."""
    general = {"messages": list(messages), "value": "No Value Recorded"}
    return Problem(422, "Validation Error", ctx={}, more={"errors": {"general": general}})


def invalid_command(command: str, fields: Mapping[str, tuple[Sequence[str], object]]) -> Problem:
    """The answer to a wrong command: messages and value per field, `...` for a value not sent."""
    told = "; ".join(f"{name}: {', '.join(messages)}" for name, (messages, _) in fields.items())
    errors = {
        name: {"messages": list(messages)} | ({} if value is ... else {"value": value})
        for name, (messages, value) in fields.items()
    }
    return Problem(422, f"Validation failed for {command}: {told}", ctx={}, more={"errors": errors})


def crashed() -> Problem:
    """A fault of the service itself, where it is known to fail; the error id is added with the answer."""
    return Problem(500, INTERNAL)
