"""The files that are shipped for deployment name only what there is."""

import re
from importlib.resources import files
from pathlib import Path

from dashboard.doors.bodies import UPLOAD_BYTES
from dashboard.serving import RECONNECT_S
from dashboard.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = files("dashboard") / "deploy"
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")


def test_what_the_container_copies_is_in_the_repository() -> None:
    sources = [word for line in re.findall(r"^COPY (.+) \S+$", CONTAINER, re.M) for word in line.split()]
    assert sources
    assert [one for one in sources if not (ROOT / one).exists()] == []


def test_the_container_runs_as_somebody_who_owns_nothing_but_the_data() -> None:
    assert re.search(r"^USER dashboard$", CONTAINER, re.M)
    assert CONTAINER.index("USER dashboard") < CONTAINER.index("ENTRYPOINT")


def test_every_variable_of_the_container_is_a_setting() -> None:
    names = set(re.findall(r"(?:DASHBOARD|NOVU)_[A-Z_]+", CONTAINER + NGINX))
    assert names <= {str(field.validation_alias) for field in Settings.model_fields.values()}


def test_every_name_to_fill_in_is_explained() -> None:
    names = set(re.findall(r"\$\{(\w+)\}", NGINX))
    head = NGINX.split("\nupstream", maxsplit=1)[0]
    assert names == {"LISTEN", "TLS_CERTIFICATE", "TLS_KEY", "REPLICA_A", "REPLICA_B"}
    assert [name for name in names if name not in head] == []


def test_nginx_lets_an_upload_through_and_waits_longer_than_a_ping() -> None:
    megabytes = re.search(r"client_max_body_size (\d+)m;", NGINX)
    seconds = re.search(r"proxy_read_timeout (\d+)s;", NGINX)
    assert megabytes
    assert seconds
    assert int(megabytes.group(1)) * 2**20 >= UPLOAD_BYTES
    assert int(seconds.group(1)) > RECONNECT_S
