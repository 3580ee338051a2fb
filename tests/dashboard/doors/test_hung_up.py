"""A browser that goes before its answer leaves a line in the log and no stack."""

import logging
from typing import Any

import httpx
import pytest
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.types import Receive, Scope, Send

from dashboard.doors.hung_up import HungUp


async def finds_nobody_waiting(scope: Scope, receive: Receive, send: Send) -> None:
    """As a streamed answer ends that hears of the hang-up before it has begun."""


async def pass_on(request: Any, call_next: Any) -> Any:
    return await call_next(request)


async def test_no_stack_for_a_browser_that_hung_up(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "dashboard")
    around = BaseHTTPMiddleware(HungUp(finds_nobody_waiting), dispatch=pass_on)  # as NiceGUI stands around us
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=around), base_url="http://test") as client:
        assert (await client.get("/subscribers")).status_code == 499
    (record,) = caplog.records
    assert (record.levelname, record.message) == ("INFO", "the browser hung up before its answer")
