"""Oddities of the two lists, one test each."""

import pytest

from tests.local.service import Api, embedded_api

LIST = "/v2/subscribers"


def _ids(page: dict[str, list[dict[str, str]]]) -> list[str]:
    return [one["subscriberId"] for one in page["data"]]


@pytest.mark.parametrize("word", ["desc", "asc", "1", "bad"])
async def test_any_order_but_exact_desc_is_ascending(api: Api, word: str) -> None:
    assert _ids(await api.get(LIST, orderDirection=word, limit=2)) == ["sub-01", "sub-02"]


@pytest.mark.parametrize("limit", ["0", "", "abc"])
async def test_a_limit_of_zero_or_a_word_means_ten(api: Api, limit: str) -> None:
    assert len((await api.get(LIST, limit=limit))["data"]) == 10


async def test_a_limit_of_one_and_a_half_gives_one_row(api: Api) -> None:
    assert len((await api.get(LIST, limit="1.5"))["data"]) == 1


async def test_the_subscriber_id_is_matched_exactly_while_other_filters_match_parts(api: Api) -> None:
    assert _ids(await api.get(LIST, subscriberId="sub-0")) == []
    assert _ids(await api.get(LIST, subscriberId="SUB-01")) == []
    assert _ids(await api.get(LIST, email="USER.01@")) == ["sub-01"]


async def test_names_fold_case_in_every_script_but_keep_accents_apart(api: Api) -> None:
    assert _ids(await api.get(LIST, name="MÜLLER")) == ["sub-27"]
    assert _ids(await api.get(LIST, name="muller")) == []


async def test_a_name_is_searched_as_first_and_last_together(api: Api) -> None:
    assert _ids(await api.get(LIST, name="a l")) == ["sub-01"]


async def test_a_bare_plus_in_the_query_is_a_space(api: Api) -> None:
    answer = await api.client.get(LIST + "?phone=+1555")
    assert answer.json()["totalCount"] == 0


async def test_signs_of_patterns_are_plain_letters(api: Api) -> None:
    assert _ids(await api.get(LIST, name="D(an)")) == ["sub-04"]
    assert _ids(await api.get(LIST, email="%")) == []
    assert _ids(await api.get(LIST, email="use_")) == []


async def test_a_repeated_filter_is_refused(api: Api) -> None:
    answer = await api.client.get(LIST + "?email=a&email=b")
    assert answer.status_code == 422
    assert answer.json()["errors"]["general"]["messages"] == ["email must be a string"]


async def test_an_unknown_cursor_gives_an_empty_page_and_no_total(api: Api) -> None:
    page = await api.get(LIST, after="5f0000000000000000000000")
    assert page == {"data": [], "next": None, "previous": None, "totalCount": 0, "totalCountCapped": False}


async def test_a_cursor_that_is_no_id_crashes_the_service(api: Api) -> None:
    answer = await api.client.get(LIST, params={"after": "abc"})
    assert answer.status_code == 500
    assert answer.json().keys() == {"statusCode", "timestamp", "path", "message", "errorId"}


async def test_two_cursors_at_once_are_refused(api: Api) -> None:
    answer = await api.client.get(LIST, params={"after": "5f" * 12, "before": "5f" * 12})
    assert answer.status_code == 400


async def test_before_the_first_row_there_is_nothing_and_no_way_back(api: Api) -> None:
    first = (await api.get(LIST, limit=1))["data"][0]["_id"]
    page = await api.get(LIST, before=first)
    assert (page["data"], page["next"], page["previous"]) == ([], None, None)


async def test_include_cursor_counts_only_as_exact_true(api: Api) -> None:
    cursor = (await api.get(LIST, subscriberId="sub-10"))["data"][0]["_id"]
    assert _ids(await api.get(LIST, after=cursor, limit=1, includeCursor="true")) == ["sub-10"]
    assert _ids(await api.get(LIST, after=cursor, limit=1, includeCursor="TRUE")) == ["sub-09"]


async def test_include_cursor_by_time_brings_rows_of_the_same_time_from_before_it(api: Api) -> None:
    await api.post("/v1/subscribers/bulk", {"subscribers": [{"subscriberId": f"tie-{n}"} for n in range(4)]})
    cursor = (await api.get(LIST, subscriberId="tie-1"))["data"][0]["_id"]
    page = await api.get(LIST, orderBy="updatedAt", after=cursor, includeCursor="true", limit=4)
    assert _ids(page) == ["tie-3", "tie-2", "tie-1", "tie-0"]


async def test_a_cursor_row_need_not_match_the_filter(api: Api) -> None:
    cursor = (await api.get(LIST, subscriberId="sub-28"))["data"][0]["_id"]
    page = await api.get(LIST, after=cursor, subscriberId="sub-01")
    assert (_ids(page), page["previous"]) == (["sub-01"], None)


async def test_an_unknown_order_is_taken_silently_but_a_dollar_crashes(api: Api) -> None:
    assert _ids(await api.get(LIST, orderBy="nonsense", limit=1)) == ["sub-30"]
    assert (await api.client.get(LIST, params={"orderBy": "$where"})).status_code == 500


async def test_a_negative_page_of_the_old_list_crashes_and_an_empty_one_is_the_first(api: Api) -> None:
    assert (await api.client.get("/v1/subscribers", params={"page": "-1"})).status_code == 500
    assert _ids(await api.get("/v1/subscribers", page="", limit=1)) == ["sub-01"]


async def test_a_page_beyond_all_numbers_of_the_old_list_is_empty(api: Api) -> None:
    page = await api.get("/v1/subscribers", page="2.9e+220")
    assert (page["data"], page["page"], page["hasMore"]) == ([], 2.9e220, False)


async def test_the_old_list_says_more_when_the_last_page_is_full(api: Api) -> None:
    assert (await api.get("/v1/subscribers", limit=30))["hasMore"] is True
    assert (await api.get("/v1/subscribers", limit=31))["hasMore"] is False


async def test_a_person_in_the_list_is_the_same_as_alone(api: Api) -> None:
    rows = [
        {"subscriberId": "nulls", "email": None, "data": None, "firstName": None},
        {"subscriberId": "rich", "data": {"a": [1, None]}, "channels": [{"providerId": "slack"}]},
    ]
    await api.post("/v1/subscribers/bulk", {"subscribers": rows})
    await api.patch("/v1/subscribers/rich/online-status", {"isOnline": False})
    people = (await api.get(LIST, limit=100))["data"]
    assert len(people) == 32
    for person in people:
        assert person == (await api.get(f"{LIST}/{person['subscriberId']}"))["data"]


async def test_the_cursor_of_someone_deleted_meanwhile_gives_an_empty_page(api: Api) -> None:
    cursor = (await api.get(LIST, limit=1))["next"]
    assert (await api.get(LIST, after=cursor))["data"]
    await api.client.delete(f"{LIST}/sub-30")
    assert (await api.get(LIST, after=cursor))["data"] == []


async def test_totals_stop_at_fifty_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api_client.embedded.search.MOST_COUNTED", 50)
    async with embedded_api(seed="people", subscribers=60) as api:
        page = await api.get(LIST, limit=1)
        assert (page["totalCount"], page["totalCountCapped"]) == (50, True)
        page = await api.get(LIST, limit=1, subscriberId="user-00007")
        assert (page["totalCount"], page["totalCountCapped"]) == (1, False)
