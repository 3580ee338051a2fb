"""Real processes for the browser tests: the embedded API on a port, and the dashboard that drives it."""

import itertools
import os
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_S = 90
# NiceGUI believes that it runs inside pytest when it sees these.
PYTEST_SIGNS = ("PYTEST_CURRENT_TEST", "NICEGUI_USER_SIMULATION", "NICEGUI_SCREEN_TEST_PORT")
KEY = "test-key-of-the-embedded-api"
_numbers = itertools.count(os.getpid() * 100)


@dataclass(frozen=True)
class Running:
    """A server that answers at `url`; `output` is where it writes its log."""

    url: str
    output: Path
    process: subprocess.Popen[bytes]

    @property
    def data(self) -> Path:
        """The data folder, if this is a dashboard."""
        return self.output.parent / "data"

    def log(self) -> str:
        return self.output.read_text("utf-8", "replace")


def free_port() -> int:
    """A port that the system hands to nobody by itself, and another one for each test process."""
    for number in _numbers:
        port = 20_000 + number % 10_000
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("there is always another number")


@contextmanager
def embedded_api(
    folder: Path, *, subscribers: int = 300, extra: tuple[str, ...] = (), start_s: float = START_S
) -> Generator[Running]:
    """Serve the embedded API with faults that can be set over HTTP."""
    port = free_port()
    command = [sys.executable, "-m", "api_client.embedded", "--port", str(port), "--key", KEY]
    command += ["--subscribers", str(subscribers), "--faults", *extra]
    with _serve(command, folder / "api.log", f"http://127.0.0.1:{port}", {}, start_s) as running:
        yield running


@contextmanager
def dashboard(
    folder: Path, *, api_url: str | None, key: str = KEY, at_port: str = "", **settings: str
) -> Generator[Running]:
    """Start the dashboard as a newcomer would; without `api_url` on its embedded API."""
    port = int(at_port) if at_port else free_port()
    environment = {"DASHBOARD_PORT": str(port), "DASHBOARD_DATA_DIR": str(folder / "data"), **settings}
    if api_url:
        environment |= {"NOVU_API_URL": api_url, "NOVU_SECRET_KEY": key}
    command = [sys.executable, "-m", "dashboard"]
    with _serve(command, folder / "dashboard.log", f"http://127.0.0.1:{port}", environment) as running:
        yield running


def sign_in_link(running: Running) -> str:
    """The one-time link that the dashboard printed."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        found = re.search(r"Open +(\S+)", running.log())
        if found:
            return found.group(1)
        select.select([], [], [], 0.05)
    raise AssertionError(f"the dashboard printed no link:\n{running.log()}")


@contextmanager
def _serve(
    command: list[str],
    output: Path,
    url: str,
    environment: dict[str, str],
    start_s: float = START_S,
    user: str | None = None,
) -> Generator[Running]:
    with output.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**clean_environment(), **environment, "PYTHONUNBUFFERED": "1"},
            stdout=log,
            stderr=log,
            user=user,
        )
        try:
            _wait_for(process, url, output, start_s)
            yield Running(url, output, process)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def clean_environment() -> dict[str, str]:
    """This environment without what a test or a developer set for a dashboard."""
    settings = ("NOVU_", "DASHBOARD_", "NICEGUI_")
    return {
        name: value
        for name, value in os.environ.items()
        if name not in PYTEST_SIGNS and not name.startswith(settings)
    }


def _wait_for(process: subprocess.Popen[bytes], url: str, output: Path, start_s: float) -> None:
    port = int(url.rpartition(":")[2])
    deadline = time.monotonic() + start_s
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the server ended:\n{output.read_text('utf-8', 'replace')}")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        select.select([], [], [], 0.05)
    raise AssertionError(f"the server did not open its port:\n{output.read_text('utf-8', 'replace')}")


@contextmanager
def serve(command: list[str], folder: Path, *, port: int, user: str | None = None) -> Generator[Running]:
    """Run any other server that opens `port` on loopback, as `user` if that is told."""
    url = f"http://127.0.0.1:{port}"
    with _serve(command, folder / "other.log", url, {}, user=user) as running:
        yield running
