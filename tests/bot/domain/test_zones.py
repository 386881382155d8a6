"""Finding a zone from what a person types, and labels for zones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cities import ABBREVIATIONS, CITIES, PROMINENT, REGIONS
from bot.domain.zones import (
    ZoneMatch,
    find_zones,
    is_zone,
    likely_zones,
    offset_label,
    zone_label,
    zones_at_clock,
)

SUMMER = datetime(2026, 7, 15, 12, tzinfo=UTC)
WINTER = datetime(2026, 1, 15, 12, tzinfo=UTC)
LANGUAGES = (
    "en", "en-gb", "en-us", "de", "fr", "es", "pt", "pt-br", "it", "nl", "pl", "ru", "uk", "be", "kk", "uz", "tr", "az",
    "ar", "fa", "he", "hi", "bn", "ur", "ne", "zh", "zh-hant", "ja", "ko", "id", "ms", "vi", "th", "fil", "el", "ro",
    "cs", "hu", "sv", "am", "sw",
)  # fmt: skip


def zones(text: str) -> list[str]:
    return [match.zone for match in find_zones(text, SUMMER)]


@pytest.mark.parametrize(
    ("text", "zone", "label"),
    [
        ("Mumbai", "Asia/Kolkata", "Mumbai, India"), ("Bengaluru", "Asia/Kolkata", "Bangalore, India"),
        ("delhi", "Asia/Kolkata", "Delhi, India"), ("CHENNAI", "Asia/Kolkata", "Chennai, India"),
        ("San Francisco", "America/Los_Angeles", "San Francisco, United States"),
        ("washington", "America/New_York", "Washington, United States"),
        ("munchen", "Europe/Berlin", "Munich, Germany"),
        ("Köln", "Europe/Berlin", "Cologne, Germany"), ("geneve", "Europe/Zurich", "Geneva, Switzerland"),
        ("Rio", "America/Sao_Paulo", "Rio de Janeiro, Brazil"),
        ("sao paulo", "America/Sao_Paulo", "São Paulo, Brazil"),
        ("beijing", "Asia/Shanghai", "Beijing, China"), ("深圳", "Asia/Shanghai", "Shenzhen, China"),
        ("Abu  Dhabi", "Asia/Dubai", "Abu Dhabi, United Arab Emirates"), ("łodz", "Europe/Warsaw", "Łódź, Poland"),
        ("St. Petersburg", "Europe/Moscow", "Saint Petersburg, Russia"), ("Киев", "Europe/Kyiv", "Kyiv, Ukraine"),
        ("Москва", "Europe/Moscow", "Moscow, Russia"), ("st johns", "America/St_Johns", "St. John's, Canada"),
        ("Cape Town", "Africa/Johannesburg", "Cape Town, South Africa"),
        ("Ushuaia", "America/Argentina/Ushuaia", "Ushuaia, Argentina"),
        ("Singapore", "Asia/Singapore", "Singapore"), ("hongkong", "Asia/Hong_Kong", "Hong Kong"),
    ],
)  # fmt: skip
def test_a_city_by_any_of_its_names(text: str, zone: str, label: str) -> None:
    """Whatever the case, the accents, the script; and it is the only answer."""
    assert find_zones(text, SUMMER) == (ZoneMatch(zone, label),)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("mumb", "Mumbai"), ("bangal", "Bangalore"), ("Kolkatta", "Kolkata"),
        ("San Fransisco", "San Francisco"), ("Viena", "Vienna"), ("Istambul", "Istanbul"), ("ber", "Berlin"),
        ("janeiro", "Rio de Janeiro"), ("germny", "Berlin"),
    ],
)  # fmt: skip
def test_a_beginning_or_a_slip_still_finds_the_city_first(text: str, city: str) -> None:
    """The best known of several comes first."""
    assert find_zones(text, SUMMER)[0].label.split(", ")[0] == city


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Berlin, Germany", "Berlin, Germany"), ("berlin germany", "Berlin, Germany"),
        ("Portland, OR", "Portland, United States"), ("Newcastle, Australia", "Newcastle, Australia"),
        ("Newcastle UK", "Newcastle, United Kingdom"), ("Paris, Texas", "Texas, United States"),
        ("a village near Pune", "Pune, India"), ("Lyon, my home", "Lyon, France"),
    ],
)  # fmt: skip
def test_what_stands_around_a_city_helps_to_tell_which(text: str, label: str) -> None:
    """A country or state chooses among namesakes; an unknown place falls back to the region named with it."""
    assert [match.label for match in find_zones(text, SUMMER)] == [label]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Asia/Kolkata", "Asia/Kolkata"), ("asia/kolkata", "Asia/Kolkata"), ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Pacific", "America/Los_Angeles"), ("america/new york", "America/New_York"),
        ("Europe/Kiev", "Europe/Kyiv"), ("Etc/GMT+3", "Etc/GMT+3"), ("etc/gmt-3", "Etc/GMT-3"),
        ("utc", "UTC"),
    ],
)  # fmt: skip
def test_an_iana_name_in_any_case_gives_the_present_name(text: str, zone: str) -> None:
    """Older aliases lead to the name in use; names that differ by a sign are kept apart."""
    assert zones(text) == [zone]


def test_every_iana_name_is_found_by_itself() -> None:
    """Each answer is a zone with the same clock, now, as the name typed."""
    for name in sorted(available_timezones()):
        if "/" in name:
            found = find_zones(name, SUMMER)
            assert len(found) == 1, name
            offsets = {SUMMER.astimezone(ZoneInfo(zone)).utcoffset() for zone in (name, found[0].zone)}
            assert len(offsets) == 1 or name == "America/Coral_Harbour", name


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("India", ["Asia/Kolkata"]), ("usa", ["America/New_York", "America/Los_Angeles", "America/Chicago"]),
        ("UK", ["Europe/London"]), ("Deutschland", ["Europe/Berlin"]), ("Brasil", ["America/Sao_Paulo"]),
        ("Spain", ["Europe/Madrid"]), ("Kosovo", ["Europe/Belgrade"]),
        ("California", ["America/Los_Angeles"]), ("Georgia", ["Asia/Tbilisi", "America/New_York"]),
    ],
)  # fmt: skip
def test_a_country_or_state_gives_its_zones_the_best_known_first(text: str, first: list[str]) -> None:
    """One name may be both."""
    assert zones(text)[: len(first)] == first


def test_an_abbreviation_gives_all_it_may_mean() -> None:
    """IST is India, Israel or Ireland; EST is where people say so, not the fixed zone of that name."""
    assert zones("IST") == ["Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"]
    assert zones("est")[0] == "America/New_York"
    assert zones("CET")[0] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("UTC+2", 120), ("utc +5:30", 330), ("+5:30", 330), ("+0530", 330), ("GMT-3", -180), ("UTC−3", -180),
        ("UTC+5.5", 330), ("+5:45", 345), ("UTC+0", 0), ("UTC 8", 480),
    ],
)  # fmt: skip
def test_an_offset_gives_zones_that_have_it_now(text: str, minutes: int) -> None:
    """East is plus, as people write it; a minus may be typographic."""
    found = find_zones(text, SUMMER)
    assert found
    for match in found:
        assert SUMMER.astimezone(ZoneInfo(match.zone)).utcoffset() == timedelta(minutes=minutes)


def test_an_offset_depends_on_the_season() -> None:
    """Berlin is at UTC+2 in summer and at UTC+1 in winter."""
    berlin = ZoneMatch("Europe/Berlin", "Berlin, Germany")
    assert berlin in find_zones("UTC+2", SUMMER)
    assert berlin not in find_zones("UTC+2", WINTER)
    assert berlin in find_zones("UTC+1", WINTER)


@pytest.mark.parametrize("text", ["", "   ", "!!", "x", "xyzzy", "hello", "UTC+25", "+5:17", "a" * 5000])
def test_nonsense_finds_nothing(text: str) -> None:
    """Better no answer than a wrong city."""
    assert find_zones(text, SUMMER) == ()


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(max_size=30) | st.text(alphabet="abeilmnorstu /+-:0123", max_size=12),
    limit=st.integers(1, 8),
)
def test_any_text_gives_at_most_the_limit_of_different_usable_zones(text: str, limit: int) -> None:
    """Never an error, never a match twice, never a zone that cannot be computed with."""
    found = find_zones(text, SUMMER, limit)
    assert len(found) == len(set(found)) <= limit
    assert all(is_zone(match.zone) and match.label for match in found)


def test_the_tables_name_real_zones() -> None:
    """A typing error in a zone of the tables would lead a person nowhere."""
    named = [zone for _, zone, _ in (*CITIES, *REGIONS)] + list(PROMINENT)
    named += [zone for listed in ABBREVIATIONS.values() for zone in listed.split()]
    assert [zone for zone in named if not is_zone(zone)] == []


def test_every_city_of_the_table_is_found_by_each_of_its_names() -> None:
    """Namesakes may stand beside it, nothing may hide it."""
    rows = [(zone, names) for _, zone, cities in CITIES for names in cities.split(", ")]
    assert len(rows) > 300
    for zone, names in rows:
        for name in names.split("/"):
            assert zone in zones(name), name


@pytest.mark.parametrize("language", [None, "", "xx", *LANGUAGES])
def test_six_different_likely_zones_for_every_language(language: str | None) -> None:
    """A language nobody listed gets zones from around the world."""
    found = likely_zones(language)
    assert len(set(found)) == 6
    assert all(is_zone(match.zone) for match in found)


def test_likely_zones_follow_the_language_and_its_region() -> None:
    """German gives Berlin, Vienna, Zurich; Brazil's Portuguese is not Portugal's; case and underscore do not matter."""
    assert [match.zone for match in likely_zones("de-CH")][:3] == [
        "Europe/Berlin",
        "Europe/Vienna",
        "Europe/Zurich",
    ]
    assert likely_zones("hi")[0] == ZoneMatch("Asia/Kolkata", "Kolkata, India")
    assert likely_zones("pt_BR")[0].zone == "America/Sao_Paulo"
    assert likely_zones("pt")[0].zone == "Europe/Lisbon"


@given(
    minutes=st.integers(0, 1439),
    now=st.timedeltas(timedelta(0), timedelta(days=3650)).map(lambda passed: WINTER + passed),
)
@settings(max_examples=100, deadline=None)
def test_zones_at_a_clock_show_that_time_within_a_quarter_of_an_hour(minutes: int, now: datetime) -> None:
    """Around midnight too; at most eight."""
    found = zones_at_clock(minutes, now)
    assert len(found) <= 8
    for match in found:
        shown = now.astimezone(ZoneInfo(match.zone))
        apart = abs(shown.hour * 60 + shown.minute - minutes)
        assert min(apart, 1440 - apart) <= 15


def test_the_best_known_zone_at_a_clock_comes_first_and_the_nearest_quarter_before_all() -> None:
    """14:03 at noon UTC in summer is Berlin; 17:30 is India before Nepal, 17:45 Nepal before India."""
    assert zones_at_clock(14 * 60 + 3, SUMMER)[0].zone == "Europe/Berlin"
    assert [match.zone for match in zones_at_clock(17 * 60 + 30, SUMMER)] == [
        "Asia/Kolkata",
        "Asia/Colombo",
        "Asia/Kathmandu",
    ]
    assert zones_at_clock(17 * 60 + 45, SUMMER)[0].zone == "Asia/Kathmandu"


def test_every_zone_of_a_country_can_be_found_by_its_clock() -> None:
    """No offset in use is without a zone to offer."""
    for zone in PROMINENT:
        shown = SUMMER.astimezone(ZoneInfo(zone))
        offsets = {
            SUMMER.astimezone(ZoneInfo(match.zone)).utcoffset()
            for match in zones_at_clock(shown.hour * 60 + shown.minute, SUMMER)
        }
        assert shown.utcoffset() in offsets


@pytest.mark.parametrize(
    ("zone", "label"),
    [
        ("Asia/Kolkata", "Kolkata, India"), ("Asia/Calcutta", "Kolkata, India"),
        ("Europe/Berlin", "Berlin, Germany"), ("America/Argentina/Buenos_Aires", "Buenos Aires, Argentina"),
        ("America/Sao_Paulo", "São Paulo, Brazil"),
        ("America/North_Dakota/Center", "Center, North Dakota, United States"),
        ("Asia/Singapore", "Singapore"), ("Asia/Ho_Chi_Minh", "Ho Chi Minh City, Vietnam"),
        ("Indian/Reunion", "Réunion"), ("UTC", "UTC"), ("Etc/GMT+3", "UTC-3"),
    ],
)  # fmt: skip
def test_a_label_names_the_city_of_the_zone(zone: str, label: str) -> None:
    """With its country, unless that says the same; an alias is labelled like the zone it stands for."""
    assert zone_label(zone) == label


def test_every_zone_has_a_label_without_underscores() -> None:
    """Labels are for people."""
    for zone in available_timezones():
        assert zone_label(zone)
        assert not set("_/") & set(zone_label(zone)), zone


@pytest.mark.parametrize(
    ("zone", "now", "label"),
    [
        ("Asia/Kolkata", SUMMER, "UTC+5:30"), ("Europe/London", SUMMER, "UTC+1"),
        ("Europe/London", WINTER, "UTC+0"), ("America/St_Johns", WINTER, "UTC-3:30"),
        ("America/Sao_Paulo", SUMMER, "UTC-3"), ("Pacific/Chatham", WINTER, "UTC+13:45"),
    ],
)  # fmt: skip
def test_an_offset_label_is_what_people_write(zone: str, now: datetime, label: str) -> None:
    """Hours, and minutes only if there are any."""
    assert offset_label(zone, now) == label


def test_is_zone_takes_only_exact_names() -> None:
    """What is stored must open everywhere: no other case, no path, no placeholder."""
    assert is_zone("Asia/Kolkata")
    assert is_zone("UTC")
    for name in ("asia/kolkata", "Asia", "../etc/passwd", "", "Factory", "localtime", "Mars/Olympus"):
        assert not is_zone(name)


def test_naive_datetimes_are_refused() -> None:
    """A datetime without a zone tells no moment."""
    naive = SUMMER.replace(tzinfo=None)
    for call in (
        lambda: find_zones("Berlin", naive),
        lambda: zones_at_clock(0, naive),
        lambda: offset_label("UTC", naive),
    ):
        with pytest.raises(ValueError, match="naive"):
            call()
