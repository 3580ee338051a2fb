"""An embedded API that has every push and chat integration twice: `python -m tests.browser.twins PORT KEY`.

The second of each is the newer one, so a write that names none goes there.
"""

import json
import sys
from importlib.resources import files
from typing import Any

import uvicorn

from api_client.embedded import create_embedded_api

LATER = "2026-11-24T00:00:00.000Z"


def twins() -> list[dict[str, Any]]:
    """One more integration for each of the seed that has none yet."""
    seed = files("api_client.embedded")
    found = [
        one
        for name in ("seed.json", "demo.json")
        for one in json.loads(seed.joinpath(name).read_text("utf-8"))["integrations"]
        if one["channel"] in ("push", "chat")
    ]
    known = {one["identifier"] for one in found}
    return [_twin(one) for one in found if _second(one) not in known and one["identifier"].endswith("-main")]


def _second(one: dict[str, Any]) -> str:
    return f"{one['providerId']}-second"


def _twin(one: dict[str, Any]) -> dict[str, Any]:
    changed = {"_id": one["_id"][::-1], "identifier": _second(one), "name": f"{one['name']} 2"}
    return {**one, **changed, "createdAt": LATER}


if __name__ == "__main__":
    app = create_embedded_api(
        subscribers=20, api_key=sys.argv[2], faults_over_http=True, integrations=twins()
    )
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
