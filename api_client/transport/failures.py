"""Turns an httpx failure and its cause into a named reason, whichever transport raised it."""

import socket
import ssl

import httpx

from api_client.errors import Reason, TimedOut, Unreachable


class NotHttp(httpx.RemoteProtocolError):
    """The answer is not HTTP at all; httpx uses `RemoteProtocolError` for a mere hang-up, too."""


def unreachable(failure: httpx.TransportError) -> Unreachable:
    """The error for `failure`; its detail names the kinds of failure and cause, never their texts."""
    causes = _causes(failure)
    kinds = (type(failure).__name__, *(type(cause).__name__ for cause in causes[-1:]))
    detail = " from ".join(kinds)
    if isinstance(failure, httpx.TimeoutException):
        return _timed_out(failure, detail)
    if isinstance(failure, httpx.ConnectError):
        return Unreachable(_unconnected(causes), detail=detail)
    return Unreachable(Reason.NOT_HTTP if isinstance(failure, NotHttp) else Reason.DROPPED, detail=detail)


def _timed_out(failure: httpx.TimeoutException, detail: str) -> Unreachable:
    if isinstance(failure, httpx.PoolTimeout):
        return Unreachable(Reason.BUSY, detail=detail)
    connecting = isinstance(failure, httpx.ConnectTimeout)
    return TimedOut(Reason.CONNECT_TIMEOUT if connecting else Reason.READ_TIMEOUT, detail=detail)


def _unconnected(causes: list[BaseException]) -> Reason:
    for kind, reason in _UNCONNECTED:
        if any(isinstance(cause, kind) for cause in causes):
            return reason
    return Reason.REFUSED


# The first match counts.
_UNCONNECTED: tuple[tuple[type[Exception], Reason], ...] = (
    (ssl.SSLCertVerificationError, Reason.CERTIFICATE),
    (ssl.SSLError, Reason.TLS),
    (socket.gaierror, Reason.UNKNOWN_HOST),
    (ValueError, Reason.UNKNOWN_HOST),  # a name that cannot even be looked up
)


def _causes(failure: BaseException) -> list[BaseException]:
    """The causes of `failure`, nearest first; httpx's own pool sets only `__context__`."""
    causes: list[BaseException] = []
    while (cause := failure.__cause__ or failure.__context__) is not None and len(causes) < 9:
        causes.append(cause)
        failure = cause
    return causes
