"""Sentences that differ in their figures alone: numbers, dates, clock times, amounts, in digits or in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tasks.text.learning.masks import masked
from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

# Numbers in words, without those for one, which are articles too in many languages. Source: Unicode CLDR, spell-out rules, cardinal.
NUMBER_WORDS = frozenset(
    (
        "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million billion dozen "
        "first second third "
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend million millionen milliarde milliarden "
        "erste erster ersten zweite zweiter zweiten dritte dritter dritten "
        "deux trois quatre cinq six sept huit neuf dix onze douze vingt trente cent mille millions milliard milliards "
        "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cien mil millón millones "
        "due tre quattro cinque sei sette otto nove dieci undici dodici venti cento mila milione milioni miliardo miliardi "
        "dois duas três quatro sete oito dez onze doze vinte cem milhão milhões "
        "twee drie vijf zes zeven negen tien elf twaalf twintig honderd duizend miljoen miljard "
        "två fyra fem sju åtta nio tio tolv tjugo hundra tusen miljoner "
        "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć sto tysiąc tysięcy milion milionów "
        "два три четыре пять шесть семь восемь девять десять сто тысяча тысяч миллион миллионов "
        "اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة مئة ألف مليون مليار"
    ).split()
)
WORD = re.compile(r"[^\W\d_]+")
IDEOGRAPHS = re.compile("[〇一二三四五六七八九十百千万萬億亿兆]+")
CURRENCY = re.compile("[$£¥€₩₹₺₽]")
SENTENCE = re.compile(r"(?<=[.!?\u2026\u061f\u06d4\u0964])[\"')\]]*\s+|(?<=[\u3002!?])(?=\S)")


def figures_changed(before: str, after: str) -> bool:
    """Whether a sentence of the one stands in the other, but for its figures."""
    earlier, later = sentences(before), sentences(after)
    gone, come = earlier - later, later - earlier
    return not _without_figures(gone).isdisjoint(_without_figures(come))


def sentences(text: str) -> frozenset[str]:
    """Its sentences, folded, without their order; a full stop behind an abbreviation ends one, too."""
    return frozenset(part for part in SENTENCE.split(fold(text)) if part)


def _without_figures(folded: Iterable[str]) -> frozenset[str]:
    return frozenset(_masked(sentence) for sentence in folded)


def _masked(folded: str) -> str:
    text = CURRENCY.sub("$", IDEOGRAPHS.sub("0", masked(folded)))
    return WORD.sub(lambda found: "0" if found[0] in NUMBER_WORDS else found[0], text).replace("#", "0")
