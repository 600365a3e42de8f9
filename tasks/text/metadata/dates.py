"""Dates as publishers write them -> a day, and an instant only where a time of day and its offset stand there too."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.model import PublishedDate

if TYPE_CHECKING:
    from collections.abc import Mapping

ISO = re.compile(
    r"(?P<y>(?:19|20)\d\d)-?(?P<m>[01]\d)-?(?P<d>[0-3]\d)"
    r"(?:[T ]\s?(?P<H>[0-2]?\d):?(?P<M>[0-5]\d)(?::?(?P<S>[0-5]\d)(?:[.,]\d+)?)?\s?(?P<z>Z|UTC|GMT|[+-][01]?\d:?[0-5]\d|"
    r"[+-][01]\d)?)?(?!\d)",
    re.IGNORECASE,
)
NUMERIC = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[年년./]\s?(?P<m>[01]?\d)\s?[月월./]\s?(?P<d>[0-3]?\d)(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(?P<d>[0-3]?\d)\.\s?(?P<m>[01]?\d)\.\s?(?P<y>(?:19|20)\d\d)(?!\d)")
SLASHED = re.compile(r"(?<!\d)(?P<a>[0-3]?\d)[/-](?P<b>[0-3]?\d)[/-](?P<y>(?:19|20)\d\d)(?!\d)")
YEAR = re.compile(r"(?:19|20)\d\d")  # in every date of the five; no other pattern is tried on a text without one
IN_URL = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-]?(?P<m>[01]\d)[/-]?(?P<d>[0-3]\d)(?=[/-]|$)")
UPDATED = re.compile(
    r"^\W*(?:last\s)?(?:updated|modified|aktualisiert|zuletzt aktualisiert|stand|mis à jour|mise à jour|actualizado|actualizada|"
    r"aggiornato|ultimo aggiornamento|atualizado|"
    r"bijgewerkt|laatst bijgewerkt|aktualizacja|обновлено|оновлено|تحديث|آخر تحديث|更新|最終更新|업데이트|수정)",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\d")
PUBLISHED = re.compile(
    r"^\W*(?:first\s)?(?:published|posted|publication date|date published|erschienen|veröffentlicht|publié|publiée|paru|publicado|"
    r"publicada|pubblicato|gepubliceerd|geplaatst|opublikowano|data publikacji|опубликовано|опубліковано|дата публикации|"
    r"نشر|نُشر|تاريخ النشر|发布时间|发布于|發布|發佈|公開日|公開|掲載日|掲載|등록|입력|publicerad|offentliggjort|publisert|julkaistu|"
    r"publikováno|zveřejněno|megjelent|publicat|yayınlanma|δημοσιεύθηκε|δημοσιεύτηκε)",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"\b[0-2]?\d[:.h][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\.?(?![a-z]))?(?:\s?\(?(?:[ecmp][sd]?t|[bi]st|cest?|gmt|utc|uhr|wib)\b\)?)?|\b[0-2]?\d\s?[ap]m\b",
    re.IGNORECASE,
)
LAST_HOUR, MONTHS = 23, 12
FIRST_YEAR, LAST_YEAR = 1990, 2099
MAX_CHARS = 400
DATE_MARK = "\x1f"  # no page holds one: it is no white space to fold, and no text


def read_date(text: str, source: str) -> PublishedDate | None:
    """The date that a machine-readable value or a visible line gives, or None. Ambiguous ones (03/04/2025) are None."""
    return _read(text[:MAX_CHARS], source)


@lru_cache(maxsize=2048)  # each of a page's dates is asked for several times
def _read(text: str, source: str) -> PublishedDate | None:
    plain = ascii_digits(unicodedata.normalize("NFKC", text))
    if not YEAR.search(plain):
        return None
    found = ISO.search(plain)
    if found:
        return _from_iso(found, source)
    day = _numeric_day(plain) or _named_day(plain.casefold())
    return PublishedDate(None, day, "day", source) if day else None


def may_hold_date(text: str) -> bool:
    """Whether a text has a figure, as far as a glance tells: without one it says nothing to `read_date`."""
    return not text.isascii() or bool(FIGURE.search(text))


def is_update(text: str) -> bool:
    """Whether a visible line says when the article was updated rather than published."""
    return bool(UPDATED.match(text))


def is_publication(text: str) -> bool:
    """Whether a visible line says of itself that its date is that of publication."""
    return bool(PUBLISHED.match(text))


def url_date(url: str) -> PublishedDate | None:
    """The day that stands in a URL's path, or None."""
    found = IN_URL.search(url)
    day = _day(found["y"], found["m"], found["d"]) if found else None
    return PublishedDate(None, day, "day", "url") if day else None


def _from_iso(found: re.Match[str], source: str) -> PublishedDate | None:
    day = _day(found["y"], found["m"], found["d"])
    if day is None:
        return None
    if not (found["H"] and found["z"]) or int(found["H"]) > LAST_HOUR:
        return PublishedDate(None, day, "day", source)
    zone = found["z"].upper().replace(":", "")
    offset = "+0000" if zone in ("Z", "UTC", "GMT") else zone[0] + _four_digits(zone[1:])
    seconds = found["S"] or "00"
    try:
        local = datetime.strptime(f"{day} {found['H'].zfill(2)}:{found['M']}:{seconds} {offset}", "%Y-%m-%d %H:%M:%S %z")
        instant = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return PublishedDate(None, day, "day", source)
    if (local.hour, local.minute, int(seconds)) == (0, 0, 0):  # a day dressed up as midnight
        return PublishedDate(None, day, "day", source)
    return PublishedDate(instant, day, "second" if found["S"] else "minute", source)


def _four_digits(offset: str) -> str:
    """Hours and minutes of an offset written as 1, 01, 130 or 0130."""
    return f"0{offset}" if len(offset) % 2 and len(offset) > 1 else offset.zfill(2).ljust(4, "0")


def _numeric_day(text: str) -> date | None:
    for pattern in (NUMERIC, DAY_FIRST):
        if found := pattern.search(text):
            return _day(found["y"], found["m"], found["d"])
    if found := SLASHED.search(text):
        first, second = int(found["a"]), int(found["b"])
        if first > MONTHS >= second:
            return _day(found["y"], second, first)
        if second > MONTHS >= first:
            return _day(found["y"], first, second)
        if first == second:
            return _day(found["y"], first, second)
    return None


@cache
def month_numbers() -> Mapping[str, int]:
    """Names of months in all languages of the table, folded -> 1 to 12. No name is another month elsewhere."""
    table = tomllib.loads(Path(__file__).with_name("months.toml").read_text(encoding="utf-8"))
    numbers: dict[str, int] = {}
    for months in table.values():
        for number, names in enumerate(months, start=1):
            for name in names:
                numbers.setdefault(unicodedata.normalize("NFKC", name).casefold(), number)
    return numbers


@cache
def _months() -> tuple[re.Pattern[str], Mapping[str, int]]:
    numbers = month_numbers()
    names = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    between = r"[.,]?\s?(?:de\s|del\s|d['’]|of\s)?\s?"
    return re.compile(
        rf"(?<!\d)(?P<d1>[0-3]?\d)(?:st|nd|rd|th|er|º|ª)?{between}(?P<m1>{names}){between}(?P<y1>(?:19|20)\d\d)"
        rf"|(?<!\w)(?P<m2>{names})[.]?\s(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?,?\s(?P<y2>(?:19|20)\d\d)",
        re.IGNORECASE,
    ), numbers


def _named_day(text: str) -> date | None:
    pattern, numbers = _months()
    found = pattern.search(text)
    if not found:
        return None
    if found["m1"]:
        return _day(found["y1"], numbers[found["m1"]], found["d1"])
    return _day(found["y2"], numbers[found["m2"]], found["d2"])


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def ascii_digits(text: str) -> str:
    """Arabic-Indic and other decimal digits as 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c > "\x7f" and c.isdecimal() else c for c in text)


def mark_dates(text: str) -> str:
    """A line with every date and clock time in it replaced by DATE_MARK. Longer lines than a byline can be come back cut."""
    plain = ascii_digits(unicodedata.normalize("NFKC", text[:MAX_CHARS]))
    if YEAR.search(plain):
        for pattern in (ISO, NUMERIC, DAY_FIRST, SLASHED, _months()[0]):
            plain = pattern.sub(DATE_MARK, plain)
    return CLOCK.sub(DATE_MARK, plain)


def without_date(text: str) -> str:
    """A line without the dates and clock times in it: what is left of a byline is a name."""
    return " ".join(mark_dates(text).replace(DATE_MARK, " ").split())
