"""Requests made up from the own document find no crash that was not planned."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from schemathesis.schemas import BaseSchema

from api_client.embedded import create_embedded_api
from api_client.embedded.openapi import OPERATIONS

KEY = "fuzz"
EXAMPLES = 10


@pytest.fixture(scope="module")
def made_up() -> Iterator[BaseSchema]:
    app = create_embedded_api(seed="recorded", api_key=KEY)
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    app.state.store.close()


@pytest.mark.slow
@pytest.mark.parametrize("route", [operation.route for operation in OPERATIONS])
def test_made_up_requests_find_no_unplanned_crash(route: str, made_up: BaseSchema) -> None:
    """A crash that is planned carries an error id; an unplanned one raises right here."""
    method, path = route.split(" ")

    @given(case=made_up[path][method].as_strategy())
    @settings(max_examples=EXAMPLES, database=None, deadline=None, derandomize=True, phases=[Phase.generate])
    def tried(case: schemathesis.Case) -> None:
        answer = case.call(headers={"Authorization": f"ApiKey {KEY}"})
        if answer.status_code >= 500:
            assert "errorId" in answer.json() or answer.status_code == 503

    tried()
