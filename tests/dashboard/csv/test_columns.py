"""What a column shows of a person, whatever the API has stored about them."""

import json

import pytest

from dashboard.csv_io import COLUMNS, DEFAULT_COLUMNS
from dashboard.providers import PROVIDERS, payload
from tests.dashboard.people import person
from tests.dashboard.providers.samples import GOOD


def entry(provider_id: str, **credentials: object) -> dict[str, object]:
    return {"providerId": provider_id, "_integrationId": "i", "credentials": credentials}


def test_channels_are_summed_up_by_provider() -> None:
    channels = [
        entry("fcm", deviceTokens=["a", "b"]),
        entry("fcm", deviceTokens=["c"]),
        entry("slack", webhookUrl="https://x.example"),
    ]
    assert COLUMNS["channels"].read(person(1, channels=channels)) == "fcm 3, slack"


@pytest.mark.parametrize("provider_id", [*PROVIDERS, "pigeon-post"])
def test_no_secret_of_any_provider_is_exported(provider_id: str) -> None:
    filled = GOOD.get(provider_id) or {"nestBox": "under-the-third-eave"}
    row = PROVIDERS.get(provider_id)
    stored = payload(row, filled) if row and row.fields else filled
    text = json.dumps(COLUMNS["credentials"].read(person(1, channels=[entry(provider_id, **stored)])))
    assert provider_id in text
    for key in ("webhookUrl", "deviceTokens", "nestBox"):
        value = filled.get(key, "")
        assert not value or f'"{value}"' not in text


def test_secrets_are_in_an_export_only_when_masked_and_asked_for() -> None:
    secret = "https://hooks.slack.com/services/T01/B02/kYQOD8s8oc9A4"
    row = person(1, channels=[entry("slack", webhookUrl=secret)])
    harmless = [one for one in COLUMNS.values() if not one.is_secret]
    shown = json.dumps([one.read(row) for one in harmless], ensure_ascii=False)
    assert secret not in shown
    assert "https://hooks.slack.com/…c9A4" in shown
    assert "credentials" not in {one.key for one in DEFAULT_COLUMNS}


def test_secrets_in_full_stand_in_one_column_that_says_so_and_is_never_chosen_by_itself() -> None:
    secret = "https://hooks.slack.com/services/T01/B02/kYQOD8s8oc9A4"
    row = person(1, channels=[entry("slack", webhookUrl=secret), entry("fcm", deviceTokens=["tok"])])
    (column,) = [one for one in COLUMNS.values() if one.is_secret]
    assert column not in DEFAULT_COLUMNS
    assert column.read(row) == [
        {"providerId": "slack", "webhookUrl": secret},
        {"providerId": "fcm", "deviceTokens": ["tok"]},
    ]


@pytest.mark.parametrize(
    "channels", [None, "x", [None], [5], [{}], [{"providerId": 5, "credentials": "x"}], {"a": 1}]
)
def test_odd_channels_break_nothing(channels: object) -> None:
    for one in COLUMNS.values():
        one.read(person(1, channels=channels))


def test_only_the_column_that_costs_calls_says_so() -> None:
    assert [one.key for one in COLUMNS.values() if one.needs_call] == ["unseenCount"]
    assert not any(one.needs_call for one in DEFAULT_COLUMNS)
