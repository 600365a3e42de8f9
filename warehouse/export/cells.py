"""Values as CSV and JSON spell them."""

from __future__ import annotations

import json
import math
import re
from datetime import date, time
from decimal import Decimal

_NEEDS_QUOTES = re.compile(r'[",\r\n]|^$')
_FORMULA = re.compile(r"[=+\-@\t\r]")
"""With these a cell begins that spreadsheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection"""


def csv_cell(value: object) -> str:
    """As RFC 4180 has it. NULL is nothing, empty text is a pair of quotes; lists and structs are JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    text = value if isinstance(value, str) else json_line(value)
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def is_formula(value: object) -> bool:
    """Whether a spreadsheet would take this text for a formula, and run it."""
    return isinstance(value, str) and _FORMULA.match(value) is not None


def json_line(value: object) -> str:
    """One line of JSON; instants in ISO 8601. JSON has no NaN and no infinity: they become null."""
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value
