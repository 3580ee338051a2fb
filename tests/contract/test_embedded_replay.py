"""Every recorded exchange, in order, against a fresh embedded API: status, headers and body are the same."""

import pytest

from tests.contract.replay import RECORDINGS, exchanges, recorded_api

_FILES = sorted(path.name for path in RECORDINGS.glob("*.jsonl"))
_OPERATOR = 'a database operator inside a filter: "not to be imitated", the recording itself says'
_OLD_ID = "somebody came late with an old id: listed by id here, in the order of insertion there"
_SESSION = "made with a session token that only the service can sign"
CANNOT_MATCH = {
    "07_v1_feed.jsonl payload_operator": _OPERATOR,
    "40_extra.jsonl list_with_channels_v1": _OLD_ID,
    "40_extra.jsonl jwt_list": _SESSION,
    "40_extra.jsonl jwt_list_noenv": _SESSION,
    "40_extra.jsonl jwt_get": _SESSION,
}
"""By file and name, each with its reason. This list only shrinks."""


@pytest.mark.parametrize("file", _FILES)
async def test_each_recorded_exchange_is_answered_alike(file: str) -> None:
    async with recorded_api() as replay:
        found = [(f"{file} {name}", wrong) async for name, wrong in replay.run(exchanges(file))]
    different = {name: wrong for name, wrong in found if wrong is not None and name not in CANNOT_MATCH}
    assert not different
    mended = [name for name, wrong in found if wrong is None and name in CANNOT_MATCH]
    assert not mended, "these match now: take them off the list"


def test_all_recordings_are_there_and_the_list_names_only_real_ones() -> None:
    names = [f"{file} {one['name']}" for file in _FILES for one in exchanges(file)]
    assert len(names) == len(set(names)) == 1043
    assert set(CANNOT_MATCH) <= set(names)
    assert len(CANNOT_MATCH) == 5
