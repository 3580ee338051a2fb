"""A smuggled script stops the page, and a body that is too large is refused however it comes."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from dashboard.doors.bodies import FORM_BYTES, UPLOAD_BYTES, BodyLimit
from dashboard.doors.headers import ALWAYS, SafeHeaders
from dashboard.doors.policy import SCRIPTS, ContentPolicy

PAGE = {"x-nicegui-content": "page"}
UPLOAD = "/_nicegui/client/abc/upload/7"


def served(app: ASGIApp, scheme: str = "http") -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
        base_url=f"{scheme}://dashboard.test",
    )


def page_with(scripts: int, data: str = "") -> ASGIApp:
    async def page(_: Request) -> Response:
        return HTMLResponse("<script defer></script>" * scripts + data, headers=PAGE)

    async def plain(_: Request) -> Response:
        return PlainTextResponse("fine")

    return SafeHeaders(ContentPolicy(Starlette(routes=[Route("/", page), Route("/plain", plain)])))


async def test_every_script_of_a_page_carries_the_nonce_of_its_policy() -> None:
    answer = await served(page_with(SCRIPTS)).get("/")
    nonces = set(re.findall(r'<script nonce="([^"]+)"', answer.text))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in answer.headers["content-security-policy"]
    assert "unsafe-inline" not in answer.headers["content-security-policy"].split("script-src")[1]
    assert int(answer.headers["content-length"]) == len(answer.content)


async def test_no_two_answers_share_a_nonce() -> None:
    client = served(page_with(SCRIPTS))
    first, second = [(await client.get("/")).headers["content-security-policy"] for _ in range(2)]
    assert first != second


async def test_a_page_with_one_script_more_is_not_sent() -> None:
    answer = await served(page_with(SCRIPTS, "<script>alert(1)</script>")).get("/")
    assert answer.status_code == 500
    assert "alert" not in answer.text


async def test_every_answer_carries_all_headers() -> None:
    answer = await served(page_with(SCRIPTS)).get("/plain")
    assert ALWAYS.items() <= dict(answer.headers).items()
    assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers
    encrypted = await served(page_with(SCRIPTS), "https").get("/plain")
    assert "max-age=31536000" in encrypted.headers["strict-transport-security"]


async def read_it_all(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


LIMITED = BodyLimit(Starlette(routes=[Route("/{path:path}", read_it_all, methods=["POST"])]))


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 32_768):
        yield b"x" * 32_768


@pytest.mark.parametrize("path", ["/sign-in", UPLOAD])
async def test_a_body_that_is_too_large_is_refused_by_its_length_and_by_count(path: str) -> None:
    limit = UPLOAD_BYTES if path == UPLOAD else FORM_BYTES
    client = served(LIMITED)
    assert (await client.post(path, content=b"x" * (limit + 1))).status_code == 413
    assert (await client.post(path, content=in_pieces(limit + 32_768))).status_code == 413
    fits = await client.post(path, content=b"x" * limit)
    assert (fits.status_code, fits.text) == (200, str(limit))
