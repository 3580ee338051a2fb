"""Topic subscriptions are stored, listed page by page, and go with the subscriber."""

from tests.local.service import Api, embedded_api

TOPIC = "/v2/topics/{}/subscriptions"
MINE = "/v2/subscribers/sub-01/subscriptions"


def _keys(page: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [one["topic"]["key"] for one in page["data"]]


async def _subscribed(api: Api, *topics: str) -> None:
    for topic in topics:
        await api.post(TOPIC.format(topic), {"subscriberIds": ["sub-01"]})


async def test_people_of_the_demo_are_in_topics_and_the_first_in_more_than_a_page() -> None:
    async with embedded_api(seed="people", subscribers=20) as api:
        first = await api.get("/v2/subscribers/user-00001/subscriptions")
        assert (len(first["data"]), first["totalCount"]) == (10, 14)
        rest = await api.get("/v2/subscribers/user-00001/subscriptions", after=first["next"])
        assert len({*_keys(first), *_keys(rest)}) == 14
        assert rest["next"] is None
        others = [await api.get(f"/v2/subscribers/user-{n:05d}/subscriptions") for n in range(2, 15)]
        assert {len(one["data"]) for one in others} == {1, 2}


async def test_a_subscription_tells_its_topic_and_whose_it_is(api: Api) -> None:
    await _subscribed(api, "news")
    (one,) = (await api.get(MINE))["data"]
    assert (one["topic"]["key"], one["identifier"]) == ("news", "tk_news:si_sub-01")
    assert (one["subscriber"]["subscriberId"], one["subscriber"]["firstName"]) == ("sub-01", "Ada")


async def test_subscriptions_come_newest_first_and_backwards_by_cursor(api: Api) -> None:
    await _subscribed(api, "a", "b", "c")
    page = await api.get(MINE, limit=2)
    assert (_keys(page), page["previous"]) == (["c", "b"], None)
    last = await api.get(MINE, limit=2, after=page["next"])
    assert (_keys(last), last["next"]) == (["a"], None)
    back = await api.get(MINE, limit=2, before=last["previous"])
    assert _keys(back) == ["c", "b"]
    assert _keys(await api.get(MINE, key="b")) == ["b"]


async def test_unknown_people_are_told_and_a_second_subscription_changes_nothing(api: Api) -> None:
    await _subscribed(api, "news")
    before = await api.get(MINE)
    done = await api.post(TOPIC.format("news"), {"subscriberIds": ["sub-01", "nobody"]})
    assert done["meta"] == {"totalCount": 2, "successful": 1, "failed": 1}
    assert done["errors"][0]["subscriberId"] == "nobody"
    assert await api.get(MINE) == before


async def test_taking_someone_off_and_deleting_someone_end_subscriptions(api: Api) -> None:
    await _subscribed(api, "a", "b")
    await api.client.request("DELETE", TOPIC.format("a"), json={"subscriberIds": ["sub-01"]})
    assert _keys(await api.get(MINE)) == ["b"]
    assert (await api.get("/v1/subscribers/sub-01", includeTopics="true"))["data"]["topics"] == ["b"]
    await api.client.delete("/v2/subscribers/sub-01")
    assert (await api.client.get(MINE)).status_code == 404
    await api.post("/v2/subscribers", {"subscriberId": "sub-01"})
    assert (await api.get(MINE))["data"] == []


async def test_the_topics_of_the_environment_are_listed_once_each_and_by_cursor(api: Api) -> None:
    await _subscribed(api, "a", "b")
    await api.post(TOPIC.format("b"), {"subscriberIds": ["sub-02"]})
    found = await api.get("/v2/topics")
    assert ({one["key"] for one in found["data"]}, found["totalCount"]) == ({"a", "b"}, 2)
    first = await api.get("/v2/topics", limit=1)
    rest = await api.get("/v2/topics", limit=1, after=first["next"])
    assert {one["key"] for page in (first, rest) for one in page["data"]} == {"a", "b"}
    assert rest["next"] is None
