"""Real PostgreSQL, Redis and nginx for the tests: own folder, free ports, loopback only, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from tests.browser.servers import ROOT, Running, free_port, serve
from tests.replicas.programs import find

PASSWORD = "only-for-the-tests"
SHIPPED = ROOT / "dashboard" / "deploy" / "nginx.conf"


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
def nginx(*, replicas: tuple[str, str]) -> Generator[Running]:
    """nginx with the configuration that we ship, over TLS, in front of two `host:port`."""
    with _folder("nginx") as folder:
        port = free_port()
        values = {"LISTEN": f"127.0.0.1:{port}", "REPLICA_A": replicas[0], "REPLICA_B": replicas[1]}
        values |= _certificate(folder)
        site = SHIPPED.read_text("utf-8")
        for name, value in values.items():
            site = site.replace(f"${{{name}}}", value)
        (folder / "dashboard.conf").write_text(site)
        path = folder / "nginx.conf"
        path.write_text(_AROUND.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
        command = [_program("nginx"), "-c", str(path), "-p", str(folder), "-e", "stderr", "-g", "daemon off;"]
        with serve(command, folder, port=port) as running:
            yield replace(running, url=f"https://127.0.0.1:{port}")


_AROUND = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/dashboard.conf;
}}
"""


def _certificate(folder: Path) -> dict[str, str]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    make += ["-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(make, check=True, capture_output=True)
    return {"TLS_CERTIFICATE": str(certificate), "TLS_KEY": str(key)}


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
