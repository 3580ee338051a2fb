"""Believable people, the same every time: many scripts, missing fields, long and hostile values."""

from collections.abc import Iterator, Mapping
from hashlib import blake2s
from random import Random
from typing import Any

from .clock import from_text, to_text
from .ids import object_id
from .providers import CHAT, PUSH

Entity = dict[str, Any]
MACHINE = "5eed000001"
LAST_MS = 1_795_000_000_000  # 2026-11-18, the end of the time in which they signed up
SPAN_S = 300 * 86_400

# Locale, time zone, calling code, first names, last names; each name with its spelling in e-mails.
PLACES = (
    (
        "en_US",
        "America/New_York",
        "+1555",
        "Ada Grace Ruth Maya Owen Noah Liam",
        "Lovelace Hopper Miller Brooks Reed",
    ),
    (
        "de_DE",
        "Europe/Berlin",
        "+4915",
        "Änne/anne Jürgen/juergen Lena Felix Zoë/zoe",
        "Müller/mueller Weiß/weiss Groß/gross Koch",
    ),
    (
        "fr_FR",
        "Europe/Paris",
        "+3361",
        "Éloïse/eloise Chloé/chloe Hugo Léa/lea",
        "Lefèvre/lefevre Moreau D'Aubigné/daubigne",
    ),
    ("pl_PL", "Europe/Warsaw", "+4860", "Łucja/lucja Paweł/pawel Zofia", "Wójcik/wojcik Żak/zak Nowak"),
    (
        "tr_TR",
        "Europe/Istanbul",
        "+9053",
        "İpek/ipek Çağla/cagla Deniz",
        "Yıldız/yildiz Öztürk/ozturk Şahin/sahin",
    ),
    (
        "ru_RU",
        "Europe/Moscow",
        "+7901",
        "Анна/anna Дмитрий/dmitri Юлия/yulia",
        "Иванова/ivanova Соколов/sokolov Чехов/chekhov",
    ),
    (
        "el_GR",
        "Europe/Athens",
        "+3069",
        "Ελένη/eleni Γιώργος/giorgos",
        "Παπαδόπουλος/papadopoulos Νικολάου/nikolaou",
    ),
    ("ar_EG", "Africa/Cairo", "+2010", "ليلى/layla محمد/mohamed نور/nour", "حسن/hassan المصري/elmasry"),
    ("he_IL", "Asia/Jerusalem", "+9725", "נועה/noa יעל/yael", "כהן/cohen לוי/levi"),
    ("hi_IN", "Asia/Kolkata", "+9198", "आरव/aarav दीया/diya", "शर्मा/sharma वर्मा/verma"),
    (
        "ja_JP",
        "Asia/Tokyo",
        "+8190",
        "さくら/sakura 太郎/taro 美咲/misaki",
        "佐藤/sato 鈴木/suzuki 高橋/takahashi",
    ),
    ("zh_CN", "Asia/Shanghai", "+8613", "伟/wei 芳/fang 娜/na", "王/wang 李/li 张/zhang"),
    ("ko_KR", "Asia/Seoul", "+8210", "민준/minjun 서연/seoyeon", "김/kim 박/park"),
    ("vi_VN", "Asia/Ho_Chi_Minh", "+8490", "Nguyệt/nguyet Đức/duc", "Nguyễn/nguyen Trần/tran"),
    (
        "pt_BR",
        "America/Sao_Paulo",
        "+5511",
        "João/joao Inês/ines Thiago",
        "Gonçalves/goncalves São-Pedro/saopedro",
    ),
    ("sw_KE", "Africa/Nairobi", "+2547", "Amani Zawadi Baraka", "Mwangi Otieno"),
)
DOMAINS = ("example.com", "mail.example.org", "example.net", "corp.example.com", "students.example.edu")
MISSING = {"firstName": 0.025, "lastName": 0.06, "email": 0.08, "phone": 0.25, "locale": 0.2, "timezone": 0.3}
PLANS = ("free", "pro", "team", "enterprise")
ODD_NAMES = (
    ("<script>alert(1)</script>", '"><img src=x onerror=alert(2)>'),
    ('=HYPERLINK("https://example.com")', "+1+1"),
    ("Bartholomew Montgomery Featherstonehaugh " * 6, "von und zu " * 12),
    ("👩‍🚀 Zoe", "🚀"),
    ("\u202eevil", "abc"),
    ("O'Neil; DROP TABLE", "Connor-Smith"),
)
PROVIDERS = [*CHAT[:9], *PUSH[:7]]


def people(count: int, *, integrations: Mapping[str, str]) -> Iterator[Entity]:
    """`count` subscribers as they would be stored; `integrations` gives an id per provider.

    The first person can be reached on every provider; the first few have odd names.
    """
    random = Random(20261125)  # noqa: S311 - believable, not secret
    pace = max(1, SPAN_S // max(1, count))
    places = [_place(*place) for place in PLACES]
    for number in range(1, count + 1):
        seconds = LAST_MS // 1000 - (count - number) * pace
        yield _person(number, seconds, random, places, integrations)


def _person(
    number: int, seconds: int, random: Random, places: list[Entity], integrations: Mapping[str, str]
) -> Entity:
    place = random.choice(places)
    first, first_plain = random.choice(place["first"])
    last, last_plain = random.choice(place["last"])
    joined = to_text(seconds * 1000 + number % 1000)
    found: Entity = {
        "_id": object_id(seconds, MACHINE, number & 0xFFFFFF),
        "subscriberId": _subscriber_id(number, first_plain, last_plain),
        "firstName": first,
        "lastName": last,
        "email": f"{first_plain}.{last_plain}{number}@{DOMAINS[number % 5]}",
        "phone": f"{place['code']}{number * 7_919_191 % 10_000_000:07d}",
        "locale": place["locale"],
        "timezone": place["timezone"],
        "createdAt": joined,
        "updatedAt": joined,
    }
    _vary(found, number, random)
    found["channels"] = _channels(number, random, integrations)
    return found


def _vary(found: Entity, number: int, random: Random) -> None:
    """Leaves out what real people leave out, and adds what only some have."""
    for name, share in MISSING.items():
        if random.random() < share and number > 20:
            del found[name]
    if number % 97 == 0:
        found["email"] = None
    if 1 < number <= len(ODD_NAMES) + 1:
        found["firstName"], found["lastName"] = ODD_NAMES[number - 2]
    if number % 500 == 0:
        found["data"] = {"note": "A long story. " * 40, "tags": ["a", "b"], "deep": {"er": [1, None]}}
    elif number % 3 < 2:
        found["data"] = {"plan": random.choice(PLANS), "seats": number % 50, "beta": number % 2 == 0}
    found["isOnline"] = number % 11 == 0
    if number % 4 == 0:
        since = max(from_text(found["createdAt"]), LAST_MS - 40 * 86_400_000)
        found["lastOnlineAt"] = to_text(random.randrange(since, LAST_MS + 1000))


def _subscriber_id(number: int, first: str, last: str) -> str:
    if number % 50 == 0:
        return f"{first}.{last}{number}@example.com"
    if number % 70 == 0:
        return f"auth0|{number:024x}"
    if number % 777 == 0:
        return f"team/{first} {number}"
    return f"user-{number:05d}"


def _channels(number: int, random: Random, integrations: Mapping[str, str]) -> list[Entity]:
    if number == 1:
        chosen = PROVIDERS
    elif number <= 1 + len(PROVIDERS):
        chosen = [PROVIDERS[number - 2]]
    elif random.random() < 0.7:
        chosen = [PROVIDERS[(number + step) % len(PROVIDERS)] for step in range(random.randrange(1, 4))]
    else:
        chosen = []
    return [
        {
            "credentials": _credentials(provider, number),
            "_integrationId": integrations[provider],
            "providerId": provider,
        }
        for provider in chosen
    ]


def _credentials(provider: str, number: int) -> Entity:
    if provider in CHAT:
        found = {"webhookUrl": f"https://hooks.example.com/{provider}/T{number:06d}/{number * 7919:x}"}
        return found | ({"channel": f"room-{number}"} if provider in ("rocket-chat", "mattermost") else {})
    if provider == "expo":
        return {"deviceTokens": [f"ExponentPushToken[{_token(provider, number)[:22]}]"]}
    if provider in ("fcm", "apns"):
        return {"deviceTokens": [_token(provider, number + at) for at in range(1 + number % 3)]}
    return {"deviceTokens": [f"{provider}-user-{number}"]}


def _token(provider: str, number: int) -> str:
    """As long as the real ones: 64 hex digits for APNs, about 150 letters for FCM."""
    digits = blake2s(f"{provider} {number}".encode()).hexdigest()
    return digits if provider != "fcm" else f"{digits[-22:]}:APA91b{digits}{digits[::-1]}"


def _place(locale: str, timezone: str, code: str, first: str, last: str) -> Entity:
    def pairs(names: str) -> list[tuple[str, str]]:
        return [
            (shown, plain or shown.lower()) for shown, _, plain in (n.partition("/") for n in names.split())
        ]

    return {"locale": locale, "timezone": timezone, "code": code, "first": pairs(first), "last": pairs(last)}
