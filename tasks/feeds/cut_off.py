"""Whether a text in a feed leaves off before the article does.

The words are what site software and feed makers write there, per language; checked at the end of a text only.
"""

from __future__ import annotations

import re

INVITATIONS = {
    "en": "read more; read on; read the full; read the rest; read the whole; continue reading; keep reading; full story; full article",
    "de": "weiterlesen; mehr lesen; lesen sie mehr; lesen sie weiter; zum artikel; den ganzen artikel",
    "fr": "lire la suite; lire plus; lire l'article; lire l’article; en savoir plus",
    "es": "leer más; ver más; saber más; seguir leyendo; continúa leyendo; continuar leyendo",
    "it": "leggi tutto; leggi di più; continua a leggere; leggi l'articolo",
    "pt": "leia mais; ler mais; saiba mais; continue lendo; continuar a ler",
    "nl": "lees meer; lees verder",
    "pl": "czytaj dalej; czytaj więcej",
    "sv, da, nb": "läs mer; läs hela; læs mere; læs videre; les mer; les videre",
    "fi": "lue lisää",
    "cs": "číst dál; číst více",
    "tr": "devamını oku",
    "ru, uk": "читать далее; читать дальше; читать полностью; читати далі",
    "el": "διαβάστε περισσότερα",
    "ar, fa": "اقرأ المزيد; قراءة المزيد; ادامه مطلب",
    "zh": "阅读更多; 阅读全文; 查看全文; 閱讀更多; 閱讀全文",
    "ja": "続きを読む; もっと見る",
    "ko": "더 보기; 계속 읽기; 전체 기사",
}
"""Language -> invitations to read the rest elsewhere."""

_END = 100
_ELLIPSIS = re.compile(r"(?:…|\.\.\.)\W*$")
_INVITATION = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(each.strip()) for line in INVITATIONS.values() for each in line.split(";")) + ")", re.IGNORECASE
)


def is_cut_off(text: str) -> bool:
    """Whether plain text ends in an ellipsis, or in an invitation to read on."""
    end = text[-_END:].rstrip()
    return bool(_ELLIPSIS.search(end) or _INVITATION.search(end))
