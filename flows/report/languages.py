"""English names of languages."""

from __future__ import annotations

NAMED = dict(
    pair.split(":")
    for pair in """
    af:Afrikaans am:Amharic ar:Arabic az:Azerbaijani be:Belarusian bg:Bulgarian bn:Bengali bs:Bosnian ca:Catalan cs:Czech cy:Welsh da:Danish
    de:German el:Greek en:English eo:Esperanto es:Spanish et:Estonian eu:Basque fa:Persian fi:Finnish fr:French ga:Irish gl:Galician
    gu:Gujarati he:Hebrew hi:Hindi hr:Croatian hu:Hungarian hy:Armenian id:Indonesian is:Icelandic it:Italian ja:Japanese ka:Georgian
    kk:Kazakh km:Khmer kn:Kannada ko:Korean ku:Kurdish ky:Kyrgyz lb:Luxembourgish lo:Lao lt:Lithuanian lv:Latvian mk:Macedonian ml:Malayalam
    mn:Mongolian mr:Marathi ms:Malay mt:Maltese nb:Norwegian ne:Nepali nl:Dutch nn:Norwegian no:Norwegian pa:Punjabi pl:Polish ps:Pashto
    pt:Portuguese ro:Romanian ru:Russian rw:Kinyarwanda si:Sinhala sk:Slovak sl:Slovenian so:Somali sq:Albanian sr:Serbian sv:Swedish
    sw:Swahili ta:Tamil te:Telugu th:Thai tl:Tagalog tr:Turkish ug:Uyghur uk:Ukrainian ur:Urdu uz:Uzbek vi:Vietnamese xh:Xhosa zh:Chinese
    zu:Zulu
    """.split()
)
"""ISO 639-1 -> name."""


def language_name(code: str | None) -> str:
    """The code itself where its name is not known here."""
    return "not told" if code is None else NAMED.get(code, code)
