"""Requests made up from the own document find no crash that was not planned."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema

from api_client.embedded import create_embedded_api
from api_client.embedded.openapi import OPERATIONS

KEY = "fuzz"
EXAMPLES = 4
# Somebody who is there, and one of his messages: or else most calls would end at a missing subscriber.
KNOWN = {"subscriberId": "sub-01", "messageId": "6b04878ceae066153a32901b"}


@pytest.fixture(scope="module")
def made_up() -> Iterator[BaseSchema]:
    app = create_embedded_api(seed="recorded", api_key=KEY)
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    app.state.store.close()


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("route", [operation.route for operation in OPERATIONS])
def test_made_up_requests_find_no_unplanned_crash(
    route: str, mode: GenerationMode, made_up: BaseSchema
) -> None:
    """A crash that is planned carries an error id; an unplanned one raises right here."""
    method, path = route.split(" ")

    @given(case=made_up[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, database=None, deadline=None, derandomize=True, phases=[Phase.generate])
    def tried(case: schemathesis.Case) -> None:
        if method != "DELETE":
            case.path_parameters |= {name: KNOWN[name] for name in case.path_parameters.keys() & KNOWN.keys()}
        answer = case.call(headers={"Authorization": f"ApiKey {KEY}"})
        if answer.status_code >= 500:
            assert "errorId" in answer.json() or answer.status_code == 503

    tried()
