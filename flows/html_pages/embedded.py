"""Values inside a page, for its scripts."""

from __future__ import annotations

import json

from markupsafe import Markup

ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What could end the element that the JSON stands in, or a line of script; all stand inside strings only."""


def json_in_html(value: object) -> Markup:
    """JSON for `<script type="application/json">`: no text in it can end that element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(ESCAPED))  # noqa: S704 - nothing that HTML knows is left in it
