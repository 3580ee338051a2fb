"""An embedded API as a process of its own, for what only a real socket and a real kill can show."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.servers import free_port

KEY = "k"


@dataclass(frozen=True)
class Server:
    """A running server; each call is a connection of its own."""

    port: int
    process: "subprocess.Popen[bytes]"

    def call(self, method: str, target: str, body: bytes | None = None) -> tuple[int, Any]:
        """Status and JSON; OSError when there is no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"authorization": f"ApiKey {KEY}", "content-type": "application/json"}
        try:
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except http.client.HTTPException as error:
            raise ConnectionError("no whole answer") from error
        finally:
            connection.close()

    def kill(self) -> None:
        """At once, without a chance to tidy up."""
        self.process.kill()
        self.process.wait(60)


@contextmanager
def served(db: Path) -> Iterator[Server]:
    """Starts a server on a file and kills it at the end if it still runs."""
    port = free_port()
    command = [sys.executable, "-m", "api_client.embedded", "--port", str(port), "--key", KEY]
    process = subprocess.Popen([*command, "--db", str(db), "--subscribers", "5"], stdout=subprocess.DEVNULL)
    server = Server(port, process)
    try:
        _wait_for(server)
        yield server
    finally:
        server.kill()


def _wait_for(server: Server) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            server.call("GET", "/v2/subscribers")
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError("the server did not start")
