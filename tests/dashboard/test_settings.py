"""What is set from outside is checked once, and a refusal names the variable but never shows the value."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from dashboard.settings import Settings, is_loopback, load_settings

KEY = "a-perfectly-good-key-0123456789"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


def test_nothing_set_means_the_embedded_api_on_loopback() -> None:
    settings = load_settings()
    assert settings.uses_embedded_api
    assert (settings.host, settings.port, settings.subscribers) == ("127.0.0.1", 8080, 5000)
    assert settings.database_url.endswith("dashboard.sqlite")


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NOVU_SECRET_KEY", "NOVU_API_URL", "DASHBOARD_PORT", "DASHBOARD_DATA_DIR"):
        monkeypatch.setenv(name, "")
    settings = load_settings()
    assert settings.uses_embedded_api
    assert settings.api_url == "https://api.novu.co"


def test_given_values_are_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NOVU_SECRET_KEY", f" {KEY}\n")
    monkeypatch.setenv("NOVU_API_URL", "https://eu.api.novu.co/")
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DASHBOARD_READ_ONLY", "true")
    settings = load_settings()
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == KEY
    assert settings.api_url == "https://eu.api.novu.co"
    assert settings.database_url == f"sqlite:///{tmp_path}/dashboard.sqlite"
    assert settings.read_only


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NOVU_SECRET_KEY", "with a blank in it"),
        ("NOVU_SECRET_KEY", "ключ-от-всего"),
        ("NOVU_API_URL", "ftp://api.novu.co"),
        ("NOVU_API_URL", "api.novu.co"),
        ("NOVU_API_URL", "https://user:hunter2@api.novu.co"),
        ("NOVU_API_URL", "https://api.novu.co:99999"),
        ("NOVU_API_URL", "https://api.novu.co/?key=hunter2"),
        ("DASHBOARD_HOST", "example.org"),
        ("DASHBOARD_TRUSTED_PROXIES", "*"),
        ("DASHBOARD_METRICS_TOKEN", "short"),
        ("DASHBOARD_REDIS_URL", "http://:hunter2@cache/0"),
        ("DASHBOARD_LOG_FORMAT", "xml"),
        ("DASHBOARD_PORT", "http"),
        ("DASHBOARD_PORT", "70000"),
        ("DASHBOARD_SUBSCRIBERS", "-1"),
        ("DASHBOARD_SESSION_SECRET", "short"),
        ("DASHBOARD_DATABASE_URL", "mysql://user:hunter2@db/ops"),
        ("DASHBOARD_ENVIRONMENT_COLOUR", "red;}body{display:none"),
        ("DASHBOARD_READ_ONLY", "perhaps"),
        ("DASHBOARD_OTHER_ENVIRONMENTS", "hunter2-hunter2"),
        ("DASHBOARD_OTHER_ENVIRONMENTS", "production=short"),
        ("DASHBOARD_OTHER_ENVIRONMENTS", "production=hunter2-hunter2@ftp://eu.api.novu.co"),
        ("DASHBOARD_OTHER_ENVIRONMENTS", "production=hunter2-hunter2@https://ada:pass@novu.example"),
        ("DASHBOARD_OTHER_ENVIRONMENTS", "one=hunter2-hunter2,One=hunter3-hunter3"),
        ("DASHBOARD_OTHER_ENVIRONMENTS", "one=hunter2-hunter2,,"),
    ],
)
def test_a_bad_value_ends_the_start_with_its_name_and_without_itself(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        load_settings()
    said = capsys.readouterr().err
    assert ended.value.code == 78
    assert said.startswith(f"{name}: ")
    assert value not in said


def test_further_environments_are_read_with_their_servers_and_without_showing_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = f"production={KEY}, EU staging = other-key-0123456789@https://eu.api.novu.co/"
    monkeypatch.setenv("DASHBOARD_OTHER_ENVIRONMENTS", given)
    settings = load_settings()
    assert [(one.name, one.key, one.url) for one in settings.elsewhere] == [
        ("production", KEY, "https://api.novu.co"),
        ("EU staging", "other-key-0123456789", "https://eu.api.novu.co"),
    ]
    assert KEY not in f"{settings!r} {settings.elsewhere!r}"


def test_every_problem_has_its_own_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_PORT", "x")
    monkeypatch.setenv("DASHBOARD_HOST", "everywhere")
    with pytest.raises(SystemExit):
        load_settings()
    assert len(capsys.readouterr().err.splitlines()) == 2


@pytest.mark.parametrize(
    ("host", "is_local"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)],
)
def test_every_spelling_of_loopback_is_known(host: str, is_local: bool) -> None:
    assert is_loopback(Settings(host=host).host) is is_local


def test_replicas_must_be_given_one_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", "postgresql://user:hunter2@db/ops")
    with pytest.raises(SystemExit):
        load_settings()
    said = capsys.readouterr().err
    assert said.startswith("DASHBOARD_SESSION_SECRET: ")
    assert "hunter2" not in said
    monkeypatch.setenv("DASHBOARD_SESSION_SECRET", "s" * 32)
    assert load_settings().database_url == "postgresql://user:hunter2@db/ops"


def test_no_secret_shows_in_a_printed_settings_object() -> None:
    settings = Settings(api_key=SecretStr(KEY), session_secret=SecretStr("s" * 40))
    assert KEY not in repr(settings)
    assert "ssss" not in repr(settings)


def test_no_secret_shows_in_the_error_of_a_bad_one() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(api_key=SecretStr("hunter2 hunter2"), api_url="https://ada:hunter2@api.novu.co")
    assert "hunter2" not in str(refused.value)


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
