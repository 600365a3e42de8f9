"""A text with what changes from day to day masked: numbers, clock times, months and weekdays. What is left recurs or does not."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from xxhash import xxh3_64_intdigest

from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

START_WORDS = 4
OPENING_WORDS = 6
ENOUGH_WORDS = 14  # as written; the masked opening is in them: a clock time is one word masked, of two

# Names of months and weekdays, full and short. Source: Unicode CLDR, gregorian calendar, wide and abbreviated.
CALENDAR = (
    # months: en, de, fr, es, it, pt, nl, sv, da/no, pl
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "januar jänner februar märz mai juni juli oktober dezember mär okt dez "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr avr juil déc "
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott "
    "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev out "
    "januari februari maart mei augustus mrt maj augusti marts maj "
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
    "يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر "
    # weekdays
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela "
    "понедельник вторник среда четверг пятница суббота воскресенье "
    "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت"
).split()
CALENDAR_NAMES = frozenset(CALENDAR)
CALENDAR_PARTS = CALENDAR_NAMES | {part for name in CALENDAR for part in name.split("-")}
NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}  # of ASCII
WEEKDAY_SIGN = re.compile(r"[月火水木金土日](?=曜)|(?<=星期)[一二三四五六日天]|(?<=周)[一二三四五六日]|[월화수목금토일](?=요일)")
NUMBER = re.compile(r"\d+(?:[.,:/\u066b\u066c]\d+)*")
CLOCK_HALF = re.compile(r"(?<=0)\s?[ap]\.?m\b\.?")
TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def masked(folded: str) -> str:
    """folded: as `fold` leaves it. "5 april, 8:30 pm" and "12 may, 11:04 am" become the same text."""
    text = NUMBER.sub("0", folded)
    if "0" in text:
        text = CLOCK_HALF.sub("", text)
    if not text.isascii():
        text = WEEKDAY_SIGN.sub("#", text)
    if CALENDAR_PARTS.isdisjoint(text.translate(NO_LETTERS).split() if text.isascii() else TOKEN.findall(text)):
        return text  # as most do: looking for the names costs a fraction of replacing them
    return TOKEN.sub(lambda found: "#" if found[0] in CALENDAR_NAMES else found[0], text)


def hash_of_folded(folded: str) -> int:
    """64 bits of a folded text, masked."""
    return xxh3_64_intdigest(masked(folded).encode())


def masked_hash(text: str) -> int:
    """64 bits of a text with case, quotes and blanks folded, and numbers, clock times, months and weekdays masked."""
    return hash_of_folded(fold(text))


def hashes_to_compare(texts: Sequence[str]) -> dict[str, int]:
    """Text -> its masked_hash; or a hash of its own, which costs less, where no other one begins like it once masked: most paragraphs."""
    starts = {text: masked_start(text) for text in dict.fromkeys(texts)}
    with_start = Counter(starts[text] for text in texts)
    openings = {text: masked_opening(text) for text, start in starts.items() if with_start[start] > 1}
    with_opening = Counter(openings[text] for text in texts if text in openings)
    return {
        text: masked_hash(text) if with_opening[openings.get(text, "")] > 1 and text in openings else xxh3_64_intdigest(text.encode())
        for text in starts
    }


def masked_start(text: str) -> str:
    """The first START_WORDS words of a text's masked opening: without the rest of it where they hold no number, as mostly."""
    start = masked(fold(" ".join(text.split(None, START_WORDS)[:START_WORDS])))
    if "0" not in start and start.count(" ") == START_WORDS - 1:
        return start
    return " ".join(masked_opening(text).split()[:START_WORDS])


def masked_opening(text: str) -> str:
    """The first words of a text once it is folded and masked, without reading the rest where that is not needed."""
    begun = text.split(None, ENOUGH_WORDS)[:ENOUGH_WORDS]
    opening = masked(fold(" ".join(begun))).split()
    if len(opening) <= OPENING_WORDS and len(begun) == ENOUGH_WORDS:
        opening = masked(fold(text)).split()
    return " ".join(opening[:OPENING_WORDS])


def share_of_numbers(folded: str) -> float:
    """How much of a text is numbers that are no date: numbers per word, 0 to 1."""
    text = masked(folded)
    tokens = [token for token in text.split() if any(map(str.isalnum, token))]
    return 0.0 if not tokens or "#" in text else sum("0" in token for token in tokens) / len(tokens)
