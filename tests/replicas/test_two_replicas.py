"""Two replicas behind nginx: one stays where one is, and nothing is lost when a replica is killed."""

import json
import re
import signal
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import redis
from playwright.sync_api import Browser, Page, expect

from dashboard.audit import Seal, all_lines, verify
from dashboard.storage import open_database
from tests.browser import servers
from tests.replicas import cluster as clusters
from tests.replicas.cluster import METRICS_TOKEN, PASSWORD, SECRET, Cluster

MANY = 40
PERSON = "somebody-being-edited"
PATIENCE_S = 60  # a hash steps back before everything else that runs
FOUND_OUT_MS = 120_000  # a lease of 15 s, a socket that tries again, and a machine that may be busy


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, new_database: Any) -> Iterator[Cluster]:
    with clusters.running(tmp_path_factory.mktemp("cluster"), database_url=new_database()) as running:
        yield running


@pytest.fixture
def visitor(cluster: Cluster) -> Iterator[httpx.Client]:
    """Somebody without a session, through nginx."""
    with httpx.Client(base_url=cluster.url, verify=False, trust_env=False, timeout=PATIENCE_S) as client:
        yield client


@pytest.fixture
def api_calls(cluster: Cluster) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"ApiKey {servers.KEY}"}
    with httpx.Client(
        base_url=cluster.api.url, headers=headers, trust_env=False, timeout=PATIENCE_S
    ) as client:
        yield client


def lines(cluster: Cluster) -> list[dict[str, Any]]:
    """The whole audit log, oldest first."""
    database = open_database(cluster.settings["DASHBOARD_DATABASE_URL"])
    with database._engine.connect() as connection:
        found = list(all_lines(connection))
    database.close()
    return found


def left(api_calls: httpx.Client) -> int:
    return len(api_calls.get("/v2/subscribers", params={"name": "Leftover", "limit": 100}).json()["data"])


def _let_the_job_get_stuck(api_calls: httpx.Client) -> None:
    """The first four people go, the next four are slow, and the rest is told to wait: it cannot end early."""
    for fault in ({"times": 4}, {"times": 4, "delay_s": 5.0}, {"times": 1000, "status": 429}):
        body = {"route": "DELETE /v2/subscribers/{subscriberId}", **fault}
        api_calls.post("/__faults", json=body).raise_for_status()


def replica_of(page: Page) -> str:
    """The replica to which nginx takes this browser now."""
    found = [one.get("value", "") for one in page.context.cookies() if one.get("name") == "dashboard_replica"]
    return found[0]


def upstreams(cluster: Cluster, path: str) -> list[str]:
    return re.findall(rf" {re.escape(path)} \d+ \d+ \S+ \S+ (\S+)", cluster.nginx.log())


def test_one_stays_at_the_replica_where_one_came(cluster: Cluster, visitor: httpx.Client) -> None:
    for _ in range(12):
        assert visitor.get("/sign-in").status_code == 200
    assert len(set(upstreams(cluster, "/sign-in"))) == 1
    for _ in range(30):  # each is as likely to be taken to either
        visitor.cookies.clear()
        visitor.get("/sign-in?somebody=else")
    assert len(set(upstreams(cluster, "/sign-in"))) == 2


def test_cookies_are_for_tls_and_this_host_only_and_headers_say_so(visitor: httpx.Client) -> None:
    form = {"name": "ada", "password": PASSWORD}
    answer = visitor.post("/sign-in", data=form, headers={"Origin": str(visitor.base_url)})
    assert answer.status_code == 303
    session = next(one for one in answer.headers.get_list("set-cookie") if "dashboard_session" in one)
    assert session.startswith("__Host-dashboard_session=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(session.split("; "))
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


def test_what_a_browser_says_of_itself_in_forwarding_headers_is_not_believed(
    cluster: Cluster, visitor: httpx.Client
) -> None:
    visitor.get("/subscribers", headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Prefix": "/evil"})
    refused = next(line for line in reversed(lines(cluster)) if line["name"] == "door.refused")
    assert refused["address"] == "127.0.0.1"


def test_wrong_passwords_are_counted_over_both_replicas(cluster: Cluster) -> None:
    """Five are free; then the wait doubles from one second on, so a slow machine needs a try or two more."""
    form = {"name": "mallory", "password": "wrong but long enough"}
    statuses: list[int] = []
    while 429 not in statuses and len(statuses) < 10:
        cookies = {"dashboard_replica": "ab"[len(statuses) % 2]}
        answer = httpx.post(
            f"{cluster.url}/sign-in", data=form, cookies=cookies, verify=False, trust_env=False,
            headers={"Origin": cluster.url}, timeout=PATIENCE_S,
        )  # fmt: skip
        statuses.append(answer.status_code)
    assert statuses[:5] == [401] * 5
    assert statuses[-1] == 429


def test_figures_are_not_for_everybody(cluster: Cluster, visitor: httpx.Client) -> None:
    assert visitor.get("/metrics").status_code == 404
    for replica in cluster.replicas.values():
        with httpx.Client(base_url=replica.url, trust_env=False, timeout=PATIENCE_S) as direct:
            assert direct.get("/metrics").status_code == 403
            told = direct.get("/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
            assert "dashboard_operators_connected" in told.text
            assert direct.get("/readyz").json() == {"status": "ok", "database": "ok", "api": "ok"}


def test_signing_out_at_one_replica_closes_the_page_at_the_other(cluster: Cluster, browser: Browser) -> None:
    here = cluster.page(browser, "ada", at="a")
    session = [one for one in here.context.cookies() if "dashboard_session" in one.get("name", "")]
    there_context = cluster.context(browser, at="b")
    there_context.add_cookies(session)  # type: ignore[arg-type]  # as it was given out
    there = there_context.new_page()
    there.goto("/subscribers")
    expect(there.get_by_role("row").nth(3)).to_be_visible()
    here.get_by_role("button", name="Sign out").click()
    expect(there).to_have_url(re.compile("/sign-in"))
    assert replica_of(there) == "b"
    here.context.close()
    there.context.close()


def test_an_export_is_fetched_from_the_replica_that_made_it(cluster: Cluster, browser: Browser) -> None:
    page = cluster.page(browser, "ben", at="b")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name=re.compile("^Export")).click()
    assert len(download.value.path().read_text("utf-8").splitlines()) > 100
    page.context.close()


def test_pages_share_their_storage_in_redis(cluster: Cluster, browser: Browser) -> None:
    page = cluster.page(browser, "ada", at="a")
    with redis.from_url(cluster.settings["DASHBOARD_REDIS_URL"]) as client:
        for _ in range(100):  # it subscribes beside what the page shows
            if client.pubsub_channels("novu-dashboard:tab-*"):
                break
            page.wait_for_timeout(100)
        assert client.pubsub_channels("novu-dashboard:tab-*")
    page.context.close()


def test_a_killed_replica_loses_no_operator_no_line_and_no_job(
    cluster: Cluster, browser: Browser, api_calls: httpx.Client
) -> None:
    ids = [f"left-{number:02d}" for number in range(MANY)]
    people = [{"subscriberId": one, "firstName": "Leftover"} for one in ids]
    people.append({"subscriberId": PERSON, "firstName": "Grace", "lastName": "Hopper"})
    api_calls.post("/v1/subscribers/bulk", json={"subscribers": people}).raise_for_status()
    _let_the_job_get_stuck(api_calls)

    ada, ben = cluster.page(browser, "ada", at="a"), cluster.page(browser, "ben", at="a")
    ada.goto("/subscribers?name=Leftover&size=50")
    ada.get_by_role("checkbox", name="Select all people on this page").click()
    ada.get_by_role("button", name="Delete").click()
    ada.get_by_label(f"Type {MANY} to confirm").fill(str(MANY))
    ada.get_by_role("dialog").get_by_role("button", name=f"Delete {MANY} people").click()
    ben.on("dialog", lambda dialog: dialog.accept())
    ben.goto(f"/subscribers/{PERSON}?edit=last_name")
    ben.get_by_label("Last name").fill("Half-typed")
    expect(ada.get_by_text(re.compile(rf"^[1-9]\d? of {MANY}"))).to_be_visible()

    ben.evaluate("() => { window.isTheOldPage = true; }")
    replica = cluster.replicas["a"].process
    replica.send_signal(signal.SIGKILL)
    replica.wait()
    api_calls.post("/__faults", json={"times": 0}).raise_for_status()

    # The pages find out by themselves, load again, and are at the other replica with session and draft.
    ben.wait_for_function("() => !window.isTheOldPage", timeout=FOUND_OUT_MS)
    expect(ben.get_by_text("Will change: Last name.")).to_be_visible()
    expect(ben.get_by_label("Last name")).to_have_value("Half-typed")
    ben.get_by_role("button", name="Save changes").click()
    expect(ben.get_by_role("heading", level=1)).to_have_text("Grace Half-typed")
    expect(ada.get_by_text(f"{MANY} of {MANY}", exact=True)).to_be_visible(timeout=FOUND_OUT_MS)
    assert [replica_of(page) for page in (ada, ben)] == ["b", "b"]
    ada.context.close()
    ben.context.close()

    told = lines(cluster)
    verdict = verify(told, Seal(SECRET))
    assert (verdict.problems, verdict.lines) == ((), len(told))
    deleted = [line for line in told if line["name"] == "subscriber.deleted"]
    assert {line["subject"] for line in deleted if line["outcome"] == "begun"} == set(ids)
    assert left(api_calls) == 0
    done = [line["subject"] for line in deleted if line["outcome"] == "done"]
    assert len(done) == len(set(done)) >= MANY - 4, (
        "at most the four in flight are asked again, and were gone"
    )
    begun = [line for line in told if line["name"] == "bulk.begun" and line["outcome"] == "done"]
    assert [line["actor"] for line in begun] == ["ada", "ada"]
    walked = cluster.command("audit", "verify")
    assert (walked.returncode, "the chain is whole" in walked.stdout) == (0, True), walked.stderr


def test_the_log_of_the_replicas_is_json_with_request_ids_and_holds_no_secret(cluster: Cluster) -> None:
    secrets = (PASSWORD, SECRET, METRICS_TOKEN, servers.KEY, "only-for-the-tests")
    for replica in cluster.replicas.values():
        log = replica.log()
        assert [secret for secret in secrets if secret in log] == []
        assert "client_id=" not in log.replace("client_id=•••", "")
        told = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
        assert any(line["message"] == "audit line" and line["request_id"] for line in told)
    assert not re.search(r"_nicegui/client/[0-9a-f-]{30,}|client_id=[0-9a-f-]{30,}", cluster.nginx.log())
