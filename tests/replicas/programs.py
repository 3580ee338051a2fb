"""Find PostgreSQL, Redis and nginx, or get them: as root from the system's packages.

`python -m tests.replicas.programs` makes sure of them or says what is missing; `find()` tells where they are.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "initdb": "postgresql",
    "postgres": "postgresql",
    "redis-server": "redis-server",
    "nginx": "nginx-light",
    "openssl": "openssl",
}
FOLDERS = ("/usr/sbin", "/usr/local/sbin")
INSTALL_S = 600


def find(name: str) -> str | None:
    """The path of one of `PACKAGES`' programs on this machine, or None."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version, reverse=True)
    places = os.pathsep.join([os.environ.get("PATH", ""), *FOLDERS])
    return str(versions[0]) if versions else shutil.which(name, path=places)


def missing() -> list[str]:
    """The packages that would have to be installed."""
    return sorted({package for name, package in PACKAGES.items() if not find(name)})


def ensure() -> str:
    """Install what is missing, if this user may; says what is lacking all the same, else nothing."""
    wanted = missing()
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *wanted]):
            subprocess.run(["apt-get", *command], env=environment, check=False, timeout=INSTALL_S)
    lacking = missing()
    return (
        f"SKIPPED: the replica tests need {', '.join(lacking)}; only root may install them."
        if lacking
        else ""
    )


def _version(path: Path) -> int:
    text = path.parent.parent.name
    return int(text) if text.isdigit() else 0


if __name__ == "__main__":
    told = ensure()
    sys.stdout.write(f"{told}\n" if told else "")
