"""Finding a person's time zone: from a city, a country, an IANA name, an abbreviation, an offset or a clock.

Here: names and labels of zones, and which zones a typed text may mean. Not here: the table of cities (`cities`),
when a push is due (`schedule`), sentences around a list of zones. The names of zones and countries are read from
the tzdata package, on first use.
"""

import difflib
import re
import unicodedata
import zoneinfo
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from itertools import chain
from typing import Final

from bot.domain.cities import ABBREVIATIONS, CITIES, COUNTRY_NAMES, PROMINENT, REGIONS

MAX_MATCHES: Final = 8
LIKELY_COUNT: Final = 6
CLOCK_TOLERANCE_MINUTES: Final = 15
MAX_TYPED_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class ZoneMatch:
    """One zone to offer: its IANA name and a label for people, such as ``Kolkata, India``."""

    zone: str
    label: str


def is_zone(name: str) -> bool:
    """Whether ``name`` is an IANA zone, spelled exactly, that this machine can compute with."""
    return name in _available()


@cache
def zone_info(name: str) -> zoneinfo.ZoneInfo:
    """The rules of a zone. Kept for good: the cache of `zoneinfo` holds eight, a tick meets hundreds.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is no such zone; ask `is_zone` before storing a name.
    """
    return zoneinfo.ZoneInfo(name)


def find_zones(text: str, now_utc: datetime, limit: int = MAX_MATCHES) -> tuple[ZoneMatch, ...]:
    """The zones a typed text may mean, likeliest first, at most ``limit``; empty if it means none.

    Takes a city (any case, with or without accents, its beginning, a small slip; with its country or state), a
    country or state, an IANA name or one of its older aliases, an abbreviation such as IST, which may mean
    several zones, or an offset such as ``UTC+5:30``: the zones that have it at ``now_utc``.

    Raises:
        ValueError: ``now_utc`` is naive.
    """
    _require_aware(now_utc)
    typed = text.strip()
    if not typed or len(typed) > MAX_TYPED_LENGTH:
        return ()
    offset = _typed_offset(typed)
    if offset is not None:
        matches = [_match(zone) for zone in _zones_by_fame() if _offset(zone, now_utc) == offset]
        return tuple(matches[:limit])
    key = _key(typed)
    found = (
        _exactly(key)
        or _by_iana_name(typed)
        or _by_place_within(typed)
        or _by_beginning(key)
        or _by_slip(key)
    )
    return tuple(dict.fromkeys(found))[:limit]


def likely_zones(language_code: str | None) -> tuple[ZoneMatch, ...]:
    """Six zones to pick from for a Telegram ``language_code`` (IETF tag such as ``pt-br``); None if unknown."""
    tag = (language_code or "").replace("_", "-").casefold()
    zones = _LIKELY.get(tag) or _LIKELY.get(tag.split("-")[0]) or _LIKELY[""]
    return tuple(_match(zone) for zone in zones.split())[:LIKELY_COUNT]


def zones_at_clock(local_minutes: int, now_utc: datetime) -> tuple[ZoneMatch, ...]:
    """Zones whose wall clock shows about ``local_minutes`` (0..1439) now, at most 8, the best known first.

    Zones up to 15 minutes off are offered too, after those that fit to the nearest quarter of an hour: clocks run
    wrong and people round. Zones that show the same time on different dates are both there.

    Raises:
        ValueError: ``now_utc`` is naive.
    """
    _require_aware(now_utc)
    near: list[tuple[int, str]] = []
    for zone in _zones_by_fame():
        wall = now_utc.astimezone(zone_info(zone))
        apart = (wall.hour * 60 + wall.minute - local_minutes + 720) % 1440 - 720
        if abs(apart) <= CLOCK_TOLERANCE_MINUTES:
            near.append((round(abs(apart) / 15), zone))
    near.sort(key=lambda pair: pair[0])  # stable: by fame within one distance
    return tuple(_match(zone) for _, zone in near[:MAX_MATCHES])


def zone_label(zone: str) -> str:
    """A label for people with the city the zone is named after: ``Kolkata, India``, ``Singapore``, ``UTC``."""
    canonical = _canonical(zone)
    city_key = _key(canonical.rpartition("/")[2])
    for place in _places().get(city_key, ()):
        if place.match.zone == canonical:
            return place.match.label
    return _constructed_label(canonical)


def offset_label(zone: str, now_utc: datetime) -> str:
    """The zone's offset at that moment: ``UTC+5:30``, ``UTC-3``, ``UTC+0``.

    Raises:
        ValueError: ``now_utc`` is naive.
    """
    _require_aware(now_utc)
    minutes = _offset(zone, now_utc) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


_LIKELY: Final[dict[str, str]] = {
    # Six zones for a language Telegram names (IETF tag, lower case); "" is for everybody else.
    "": "America/New_York Europe/London Europe/Berlin Asia/Kolkata Asia/Singapore America/Los_Angeles",
    "en": "America/New_York Europe/London Asia/Kolkata America/Los_Angeles America/Chicago Australia/Sydney",
    "en-gb": "Europe/London Europe/Dublin Europe/Paris Asia/Dubai Asia/Kolkata America/New_York",
    "en-us": "America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix Europe/London",
    "de": "Europe/Berlin Europe/Vienna Europe/Zurich Europe/Luxembourg Europe/London America/New_York",
    "fr": "Europe/Paris Europe/Brussels Europe/Zurich America/Toronto Africa/Casablanca Africa/Abidjan",
    "es": "Europe/Madrid America/Mexico_City America/Bogota America/Argentina/Buenos_Aires America/Lima "
    "America/Santiago",
    "pt": "Europe/Lisbon America/Sao_Paulo America/Manaus America/Fortaleza Africa/Luanda Africa/Maputo",
    "pt-br": "America/Sao_Paulo America/Bahia America/Fortaleza America/Recife America/Manaus Europe/Lisbon",
    "it": "Europe/Rome Europe/Zurich Europe/London Europe/Berlin Europe/Paris America/New_York",
    "nl": "Europe/Amsterdam Europe/Brussels Europe/Berlin Europe/London Europe/Paris America/New_York",
    "pl": "Europe/Warsaw Europe/London Europe/Berlin Europe/Dublin Europe/Oslo America/Chicago",
    "ru": "Europe/Moscow Asia/Yekaterinburg Asia/Novosibirsk Asia/Almaty Europe/Minsk Asia/Tbilisi",
    "uk": "Europe/Kyiv Europe/Warsaw Europe/Berlin Europe/Prague Europe/London America/New_York",
    "be": "Europe/Minsk Europe/Warsaw Europe/Vilnius Europe/Moscow Europe/Berlin Asia/Tbilisi",
    "kk": "Asia/Almaty Asia/Aqtobe Asia/Aqtau Asia/Tashkent Europe/Moscow Asia/Dubai",
    "uz": "Asia/Tashkent Asia/Samarkand Asia/Almaty Europe/Moscow Europe/Istanbul Asia/Seoul",
    "tr": "Europe/Istanbul Europe/Berlin Asia/Nicosia Europe/Amsterdam Europe/London Asia/Baku",
    "az": "Asia/Baku Europe/Istanbul Europe/Moscow Asia/Dubai Asia/Tbilisi Europe/Berlin",
    "ar": "Africa/Cairo Asia/Riyadh Asia/Dubai Asia/Baghdad Africa/Casablanca Asia/Amman",
    "fa": "Asia/Tehran Asia/Kabul Asia/Dubai Europe/Istanbul Europe/Berlin America/Los_Angeles",
    "he": "Asia/Jerusalem Europe/London Europe/Berlin America/New_York America/Los_Angeles Europe/Paris",
    "hi": "Asia/Kolkata Asia/Dubai Europe/London America/New_York Asia/Singapore America/Los_Angeles",
    "bn": "Asia/Dhaka Asia/Kolkata Asia/Dubai Europe/London America/New_York Asia/Kuala_Lumpur",
    "ur": "Asia/Karachi Asia/Kolkata Asia/Dubai Asia/Riyadh Europe/London America/New_York",
    "ne": "Asia/Kathmandu Asia/Kolkata Asia/Qatar Asia/Dubai Asia/Kuala_Lumpur Australia/Sydney",
    "zh": "Asia/Shanghai Asia/Hong_Kong Asia/Taipei Asia/Singapore Asia/Kuala_Lumpur America/Los_Angeles",
    "zh-hant": "Asia/Taipei Asia/Hong_Kong Asia/Macau Asia/Singapore America/Los_Angeles America/Vancouver",
    "ja": "Asia/Tokyo America/Los_Angeles America/New_York Europe/London Asia/Singapore Asia/Shanghai",
    "ko": "Asia/Seoul America/Los_Angeles America/New_York Asia/Tokyo Asia/Shanghai Australia/Sydney",
    "id": "Asia/Jakarta Asia/Makassar Asia/Jayapura Asia/Singapore Asia/Kuala_Lumpur Australia/Sydney",
    "ms": "Asia/Kuala_Lumpur Asia/Kuching Asia/Singapore Asia/Brunei Asia/Jakarta Australia/Melbourne",
    "vi": "Asia/Ho_Chi_Minh Asia/Singapore Asia/Tokyo Australia/Sydney America/Los_Angeles Europe/Berlin",
    "th": "Asia/Bangkok Asia/Singapore Asia/Tokyo Australia/Sydney Europe/London America/Los_Angeles",
    "fil": "Asia/Manila Asia/Singapore Asia/Dubai Asia/Riyadh Asia/Hong_Kong America/Los_Angeles",
    "el": "Europe/Athens Asia/Nicosia Europe/London Europe/Berlin Europe/Brussels Australia/Melbourne",
    "ro": "Europe/Bucharest Europe/Chisinau Europe/Rome Europe/Madrid Europe/London Europe/Berlin",
    "cs": "Europe/Prague Europe/Bratislava Europe/Berlin Europe/Vienna Europe/London America/New_York",
    "hu": "Europe/Budapest Europe/Vienna Europe/Bucharest Europe/Berlin Europe/London America/New_York",
    "sv": "Europe/Stockholm Europe/Helsinki Europe/Oslo Europe/Copenhagen Europe/London America/New_York",
    "am": "Africa/Addis_Ababa Africa/Nairobi Asia/Dubai Asia/Riyadh Europe/London America/New_York",
    "sw": "Africa/Nairobi Africa/Dar_es_Salaam Africa/Kampala Africa/Kigali Asia/Dubai Europe/London",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    country: str  # ISO 3166
    match: ZoneMatch
    rank: int  # the lower, the better known


def _require_aware(moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ValueError("a naive datetime tells no moment: pass an aware one")


def _offset(zone: str, now_utc: datetime) -> timedelta:
    return now_utc.astimezone(zone_info(zone)).utcoffset() or timedelta()


def _match(zone: str) -> ZoneMatch:
    return ZoneMatch(zone, zone_label(zone))


def _key(text: str) -> str:
    """What texts are compared by: no case, no accents, no punctuation, single spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN_LETTERS))
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    words = re.sub(r"[^\w]|_", " ", re.sub(r"['’ʻ`]", "", letters)).split()
    return " ".join("st" if word == "saint" else word for word in words)


_PLAIN_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "&": " and "}
)
_OFFSET: Final = re.compile(
    r"(?:(?:utc|gmt)\s*[+−–-]?|[+−–-])\s*(?P<hours>\d\d?)(?::?(?P<minutes>[0-5]\d)|\.(?P<tenths>5|25|75))?",
    re.IGNORECASE,
)


def _typed_offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    minutes = int(found["minutes"] or 0) + {"25": 15, "5": 30, "75": 45}.get(found["tenths"], 0)
    offset = timedelta(hours=int(found["hours"]), minutes=minutes)
    return -offset if re.search("[−–-]", found[0]) else offset


def _exactly(key: str) -> list[ZoneMatch]:
    """What abbreviations, cities, regions and countries of that very name mean."""
    abbreviated = [_match(zone) for zone in _abbreviations().get(key, ())]
    return abbreviated + _matches(chain(_places().get(key, ()), _places_of_countries(key)))


def _by_iana_name(text: str) -> list[ZoneMatch]:
    zone = _iana_names().get("_".join(text.casefold().split()))
    return [_match(zone)] if zone else []


def _by_place_within(text: str) -> list[ZoneMatch]:
    """``Berlin, Germany``; ``Portland Oregon``; ``a village near Pune``; ``Paris, my home``."""
    words = _key(text).split()
    for size in range(len(words) - 1, 0, -1):
        first, rest = " ".join(words[:size]), " ".join(words[size:])
        around = {place.country for place in _places().get(rest, ())} | set(_countries().get(rest, ()))
        if found := [place for place in _places().get(first, ()) if place.country in around]:
            return _matches(found)
    for size in range(len(words) - 1, 0, -1):
        if matches := _exactly(" ".join(words[-size:])):
            return matches
    return _exactly(_key(text.partition(",")[0])) if "," in text else []


def _by_beginning(key: str) -> list[ZoneMatch]:
    if len(key) < 2 and key.isascii():
        return []
    starts = [name for name in _names() if name.startswith(key)]
    inside = [name for name in _names() if f" {key}" in name]
    return _matches(_named(starts)) + _matches(_named(inside))


def _by_slip(key: str) -> list[ZoneMatch]:
    if len(key) < 4:
        return []
    # Comparing with every name would take ten times as long; a slip rarely hits both ends of a word.
    near = [
        name
        for name in _names()
        if abs(len(name) - len(key)) <= 2 and (name[0] == key[0] or name[-2:] == key[-2:])
    ]
    alike = difflib.get_close_matches(key, near, n=5, cutoff=0.8)
    return [match for name in alike for match in _matches(_named([name]))]


def _named(names: list[str]) -> Iterator[_Place]:
    for name in names:
        yield from _places().get(name, ())
        yield from _places_of_countries(name)


def _matches(places: Iterable[_Place]) -> list[ZoneMatch]:
    return [place.match for place in sorted(places, key=lambda place: place.rank)]


def _places_of_countries(key: str) -> Iterator[_Place]:
    """Every zone of the countries of that name, as the place it is named after."""
    for country in _countries().get(key, ()):
        in_table = (zone for code, zone, _ in CITIES if code == country)
        in_tzdata = (zone for zone, code in _country_of_zone().items() if code == country)
        for zone in dict.fromkeys(chain(in_table, in_tzdata)):
            yield _Place(country, _match(zone), _zones_by_fame()[zone])


def _constructed_label(canonical: str) -> str:
    country = _country_of_zone().get(canonical)
    if canonical.startswith("Etc/GMT"):  # signed the other way round: Etc/GMT+3 is three hours behind
        return canonical.removeprefix("Etc/").replace("GMT", "UTC").translate(str.maketrans("+-", "-+"))
    if country is None:
        return canonical.rpartition("/")[2].replace("_", " ")
    parts = [part.replace("_", " ") for part in canonical.split("/")]
    name = _country_name(country)
    if len(parts) == 3 and parts[1] != name:  # America/Indiana/Vincennes, but not America/Argentina/Salta
        return f"{parts[2]}, {parts[1]}, {name}"
    return _label(parts[-1], country)


def _label(city: str, country: str) -> str:
    name = _country_name(country)
    return name if _key(name).startswith(_key(city)) else f"{city}, {name}"


def _country_name(country: str) -> str:
    return COUNTRY_NAMES.get(country, _iso_names().get(country, country)).split("/")[0]


def _canonical(zone: str) -> str:
    """The name that the zone table of countries uses, or the last one the links lead to."""
    while zone not in _country_of_zone() and zone in _links():
        zone = _links()[zone]
    return zone


@cache
def _available() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones()) - {"Factory", "localtime"}


def _tzdata_lines(name: str) -> list[str]:
    text = resources.files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def _iso_names() -> dict[str, str]:
    return dict(line.split("\t")[:2] for line in _tzdata_lines("iso3166.tab"))


@cache
def _country_of_zone() -> dict[str, str]:
    return {columns[2]: columns[0] for line in _tzdata_lines("zone.tab") if (columns := line.split("\t"))}


@cache
def _links() -> dict[str, str]:
    """Older and alternative names of zones, each with the name it stands for."""
    links = (line.split() for line in _tzdata_lines("tzdata.zi") if line.startswith("L "))
    return {alias: target for _, target, alias in links}


@cache
def _zones_by_fame() -> dict[str, int]:
    """Every zone of a country with its rank, 0 first: the prominent, those with a city in our table, the others."""
    ordered = dict.fromkeys(chain(PROMINENT, (zone for _, zone, _ in CITIES), _country_of_zone()))
    return {zone: rank for rank, zone in enumerate(ordered)}


@cache
def _places() -> dict[str, tuple[_Place, ...]]:
    """Cities and regions by every key they may be typed as; and the cities zones are named after."""
    found: dict[str, dict[_Place, None]] = {}
    seen = Counter[str]()  # cities so far, by zone: rows name the better known first
    for country, zone, cities in chain(CITIES, REGIONS):
        for names in cities.split(", "):
            city, *others = names.split("/")
            rank = _zones_by_fame()[zone] + 10 * seen[zone]
            seen[zone] += 1
            place = _Place(country, ZoneMatch(zone, _label(city, country)), rank)
            for name in (city, *others):
                found.setdefault(_key(name), {})[place] = None
    for zone, country in _country_of_zone().items():
        known = found.setdefault(_key(zone.rpartition("/")[2]), {})
        if all(place.match.zone != zone for place in known):
            match = ZoneMatch(zone, _constructed_label(zone))
            known[_Place(country, match, _zones_by_fame()[zone])] = None
    return {key: tuple(places) for key, places in found.items()}


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """ISO codes by every name of the country and by the code itself."""
    found: dict[str, dict[str, None]] = {}
    for country, official in chain(_iso_names().items(), COUNTRY_NAMES.items()):
        for name in (*official.split("/"), country):
            found.setdefault(_key(name), {})[country] = None
    return {key: tuple(countries) for key, countries in found.items()}


@cache
def _abbreviations() -> dict[str, list[str]]:
    return {_key(name): zones.split() for names, zones in ABBREVIATIONS.items() for name in names.split()}


@cache
def _names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(_places(), (name for name in _countries() if len(name) > 2))))


@cache
def _iana_names() -> dict[str, str]:
    """Canonical zones by their full names and aliases, lower case, and by the last part of each."""
    found = {zone.casefold(): _canonical(zone) for zone in sorted(_available())}
    for zone in sorted(_available()):
        found.setdefault(zone.casefold().rpartition("/")[2], _canonical(zone))
    return found
