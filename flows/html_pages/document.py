"""Makes an HTML file that stands alone: style and scripts are packaged with us and lie in it, everything else comes as values."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from flows.html_pages import embedded, spelling

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
STYLE = "style.css"
THEME = "theme.js"
"""Runs before anything is drawn: light or dark, as chosen on this page before, else as the system says."""
ECHARTS = "vendor/echarts-6.1.0/echarts.min.js"

ALLOWED = "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'"
"""Content-Security-Policy: our own style and scripts by their digests, no attribute with code or style, no request."""


def document(template: str, *, scripts: Sequence[str] = (), templates: Path = TEMPLATES, **values: object) -> str:
    """The page of a template, which extends layout.html.

    scripts: packaged files, run in this order at the end of the page. templates: the folder of the template, those here are found too.
    Values are escaped wherever they stand; one that the template names and that was not given raises jinja2.UndefinedError.
    """
    style, theme, *others = (packaged(name) for name in (STYLE, THEME, *scripts))
    policy = ALLOWED.format(scripts=" ".join(_digest(each) for each in (theme, *others)), styles=_digest(style))
    return (
        _environment(templates)
        .get_template(template)
        .render(policy=policy, style=_trusted(style), theme=_trusted(theme), scripts=tuple(map(_trusted, others)), **values)
    )


@functools.cache
def packaged(name: str) -> str:
    """The text of a file beside this one. It cannot change while the program runs."""
    return (FOLDER / name).read_text(encoding="utf-8")


@functools.cache
def _environment(templates: Path) -> Environment:
    made = Environment(
        loader=FileSystemLoader([templates, TEMPLATES]), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(
        number=spelling.number,
        share=spelling.share,
        bytes=spelling.size,
        duration=spelling.duration,
        moment=spelling.moment,
        stamp=spelling.stamp,
        iso=spelling.iso,
        web_address=spelling.web_address,
        ranges=spelling.ranges,
        embedded=embedded.json_in_html,
    )
    return made


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _trusted(text: str) -> Markup:
    """Only for packaged files: a script and a style sheet are no HTML, and escaping would break them."""
    return Markup(text)  # noqa: S704 - packaged with us
