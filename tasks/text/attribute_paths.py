"""XPath expressions for elements by tag and attributes, answered in one walk of the tree: a third of what XPath takes.

XPath asks every clause of every element, and comes back to Python for each regular expression. What a clause says depends on the value of
one attribute, and values recur, so it is asked once for each. Expressions that ask for anything else are left as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import XPath, _Element

    Test = Callable[[str], bool]
    Clause = tuple[tuple[str, ...], Test]

REMEMBERED_CHARS = 100  # of an attribute's value; most are shorter
REMEMBERED_VALUES = 1024  # of each attribute in each expression: half a megabyte at most
NAMES = r"@[\w-]+(?:\|@[\w-]+)*"
TAGS = r"self::\w+(?: or self::\w+)*"
# One of the paths that an expression may consist of: .//tag, .//*[self::tag or ...], and conditions in brackets after either.
PATH = re.compile(rf"\.//(?:\*(?:\[(?P<tags>{TAGS})\])?|(?P<tag>\w+))\s*(?:\[\s*(?P<clauses>.+?)\s*\])?", re.DOTALL)
FIRST = re.compile(r"\((?P<outside>.+)\)\[1\]|(?P<inside>.+\])\[1\]", re.DOTALL)
CLAUSE = re.compile(
    rf"""(?:(?P<function>contains|starts-with|re:test)
            \((?:translate\((?P<translated>{NAMES}),\ ?'(?P<old>[^']+)',\ ?'(?P<new>[^']+)'\)|(?P<names>{NAMES})),\ ?'(?P<wanted>[^']+)'
              (?:,\ ?'(?P<flags>i?)')?\)
        |(?P<name>@[\w-]+)(?:='(?P<equal>[^']*)')?)
        (?:\s+or\s+|\Z)""",
    re.VERBOSE,
)


class _Path(NamedTuple):
    """tags: None for all. clauses: attributes, and a test of whichever of them is written first; one clause that holds is enough.

    Without clauses every element of the tags is meant.
    """

    tags: frozenset[str] | None
    clauses: tuple[Clause, ...]


class _Asked:
    """What is asked of the elements of one tag."""

    def __init__(self, paths: Sequence[_Path]) -> None:
        """paths: those that mean elements of this tag."""
        tests: dict[tuple[str, ...], list[Test]] = {}
        for names, test in (clause for path in paths for clause in path.clauses):
            tests.setdefault(names, []).append(test)
        self._takes_all = any(not path.clauses for path in paths)
        self._names = list(dict.fromkeys(name for names in tests for name in names))
        self._of_one = {names[0]: _remembered(each) for names, each in tests.items() if len(names) == 1}
        self._of_first = [(names, _remembered(each)) for names, each in tests.items() if len(names) > 1]

    def takes(self, element: _Element) -> bool:
        """Attributes are asked for by name: a hostile element has thousands."""
        if self._takes_all:
            return True
        get = element.get
        held = [(name, value) for name in self._names if (value := get(name)) is not None]
        for name, value in held:
            if name in self._of_one and self._of_one[name](value):
                return True
            for names, test in self._of_first:
                if name in names and test(value) and test(next(first for written, first in element.items() if written in names)):
                    return True
        return False


def by_attributes(expression: XPath, *, first: bool = False) -> Callable[[_Element], Sequence[_Element]]:
    """What finds the same elements below an element, in document order; the expression itself where it asks for more than attributes.

    first: find only the first, where that is all that its caller takes. The [1] of such an expression says no more.
    """
    parts = re.split(r"\|(?=\(?\.//)", expression.path.strip())
    if first:
        parts = [(only["outside"] or only["inside"]) if (only := FIRST.fullmatch(part)) else part for part in parts]
    paths = [path for path in map(_path, parts) if path]
    if len(paths) < len(parts):
        return cast("Callable[[_Element], Sequence[_Element]]", expression)
    named = sorted(frozenset[str]().union(*(path.tags or () for path in paths)))
    of_any = tuple(path for path in paths if path.tags is None)
    of_tags = {tag: tuple(path for path in paths if path.tags is None or tag in path.tags) for tag in named}
    asked = {meant: _Asked(meant) for meant in {of_any, *of_tags.values()}}  # tags of which the same is asked share what is remembered
    of_others, by_tag, most = asked[of_any], {tag: asked[meant] for tag, meant in of_tags.items()}, 1 if first else None

    def found(tree: _Element) -> list[_Element]:
        elements = tree.iterdescendants("*") if of_any else tree.iterdescendants(*named)
        return list(islice((element for element in elements if by_tag.get(element.tag, of_others).takes(element)), most))

    return found


def _path(text: str) -> _Path | None:
    """None for what is no path of this kind."""
    found = PATH.fullmatch(text)
    written = found["clauses"] or "" if found else ""
    read = list(CLAUSE.finditer(written))
    clauses = [(_attributes(clause), test) for clause in read if (test := _test(clause))]
    if not found or "".join(clause[0] for clause in read) != written or len(clauses) < len(read):
        return None
    tags = [found["tag"]] if found["tag"] else re.findall(r"self::(\w+)", found["tags"] or "")
    return _Path(frozenset(tags) or None, tuple(clauses))


def _attributes(clause: re.Match[str]) -> tuple[str, ...]:
    names = clause["translated"] or clause["names"] or clause["name"]
    return tuple(sorted(name.removeprefix("@") for name in names.split("|")))


def _test(clause: re.Match[str]) -> Test | None:
    """None for a test that is not known, or that an attribute which is not there could pass."""
    equal, wanted, old, new = clause["equal"], clause["wanted"], clause["old"] or "", clause["new"] or ""
    if clause["name"]:
        return lambda value: equal is None or value == equal
    if clause["function"] == "re:test":
        pattern = re.compile(wanted, re.IGNORECASE if clause["flags"] else 0)
        return None if old or pattern.search("") else lambda value: pattern.search(value) is not None
    if clause["flags"] is not None or len(old) != len(new) or len(set(old)) < len(old):
        return None
    letters = str.maketrans(old, new)
    if clause["function"] == "contains":
        return lambda value: wanted in (value.translate(letters) if letters else value)
    return lambda value: (value.translate(letters) if letters else value).startswith(wanted)


def _remembered(tests: Sequence[Test]) -> Test:
    """Whether any of the tests holds."""

    def asked(value: str) -> bool:
        return any(test(value) for test in tests)

    remembering = lru_cache(REMEMBERED_VALUES)(asked)
    return lambda value: remembering(value) if len(value) <= REMEMBERED_CHARS else asked(value)
