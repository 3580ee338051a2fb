"""A browser that goes before its answer leaves a line in the log and no stack."""

import logging
from typing import Any

import httpx
import pytest
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.doors.hung_up import HungUp


async def finds_nobody_waiting(scope: Scope, receive: Receive, send: Send) -> None:
    """As a streamed answer ends that hears of the hang-up before it has begun."""


async def breaks_off_before_its_first_part(scope: Scope, receive: Receive, send: Send) -> None:
    """As a file does; what compresses around us has not let go of its beginning yet."""
    await send({"type": "http.response.start", "status": 200, "headers": []})


async def pass_on(request: Any, call_next: Any) -> Any:
    return await call_next(request)


@pytest.mark.parametrize(
    ("ends", "status"), [(finds_nobody_waiting, 499), (breaks_off_before_its_first_part, 200)]
)
async def test_no_stack_for_a_browser_that_hung_up(
    caplog: pytest.LogCaptureFixture, ends: ASGIApp, status: int
) -> None:
    caplog.set_level(logging.INFO, "dashboard")
    around = BaseHTTPMiddleware(GZipMiddleware(HungUp(ends)), dispatch=pass_on)  # as NiceGUI stands around us
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=around), base_url="http://test") as client:
        assert (await client.get("/subscribers")).status_code == status
    (record,) = caplog.records
    assert (record.levelname, record.message) == ("INFO", "the browser hung up before its answer")
