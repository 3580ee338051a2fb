"""Real PostgreSQL, Redis and nginx for the tests: own folder, free ports, loopback only, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.browser.servers import free_port, serve
from tests.replicas.programs import find

PASSWORD = "only-for-the-tests"


@contextmanager
def postgres() -> Generator[str]:
    """A fresh PostgreSQL, never as root, for it refuses that; yields the address of an empty database."""
    with _folder("postgres") as folder, ExitStack() as stack:
        secret = folder / "password"
        secret.write_text(PASSWORD)
        data, port = folder / "data", free_port()
        make = [_program("initdb"), "-D", data, "-U", "dashboard", "-A", "scram-sha-256", "-N"]
        make.append(f"--pwfile={secret}")
        subprocess.run(make, check=True, capture_output=True, cwd=folder, user=_user("postgres"))
        options = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
        }
        command = [_program("postgres"), "-D", str(data)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        stack.enter_context(serve(command, folder, port=port, user=_user("postgres")))
        yield f"postgresql://dashboard:{PASSWORD}@127.0.0.1:{port}/postgres"


@contextmanager
def redis() -> Generator[str]:
    """A Redis that keeps nothing on disk and asks for a password; yields its address."""
    with _folder("redis") as folder:
        port = free_port()
        command = [_program("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--requirepass", PASSWORD, "--dir", str(folder)]
        with serve(command, folder, port=port):
            yield f"redis://:{PASSWORD}@127.0.0.1:{port}/0"


@contextmanager
def nginx(configuration: str, port: int) -> Generator[str]:
    """nginx in the foreground with this configuration, which listens on `port`; yields its address."""
    with _folder("nginx") as folder:
        path = folder / "nginx.conf"
        path.write_text(configuration.replace("/var/run/nginx.pid", str(folder / "nginx.pid")))
        command = [_program("nginx"), "-c", str(path), "-p", str(folder), "-e", "stderr", "-g", "daemon off;"]
        with serve(command, folder, port=port) as running:
            yield running.url


def _program(name: str) -> str:
    path = find(name)
    assert path, f"{name} is missing"
    return path


def _user(name: str) -> str | None:
    """Run as this user where we are root, else as whom we are."""
    return name if os.geteuid() == 0 else None


@contextmanager
def _folder(name: str) -> Generator[Path]:
    """Not below pytest's own folder, which other users may not enter."""
    path = Path(tempfile.mkdtemp(prefix=f"dashboard-{name}-"))
    try:
        if name == "postgres" and os.geteuid() == 0:
            shutil.chown(path, "postgres")
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
