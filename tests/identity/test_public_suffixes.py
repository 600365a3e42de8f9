"""Which part of a host was registered by somebody."""

from __future__ import annotations

import pytest
from tld import get_fld

from tasks.public_suffixes import ANY, EXCEPTION, RULE, registered_under, suffixes


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("news.paper.co.uk", "paper.co.uk"),
        ("anna.github.io", "anna.github.io"),
        ("co.uk", "co.uk"),
        ("library.city.kobe.jp", "city.kobe.jp"),
        ("library.ward.kobe.jp", "library.ward.kobe.jp"),
        ("paper.test", None),
    ],
)
def test_a_name_below_a_suffix_is_registered_and_a_suffix_is_its_own(host, registered):
    assert registered_under(host) == registered


def test_the_whole_list_is_read_as_its_package_reads_it():
    hosts = [f"{more}{name}" for name in _names(suffixes(), "") for more in ("", "a.", "b.a.")]

    assert len(hosts) > 20_000
    for host in hosts:
        assert registered_under(host) == get_fld(f"https://{host}/", fail_silently=True), host


def _names(node, under):
    for label, below in node.items():
        if label and label != RULE:
            name = label.replace(ANY, "any").removeprefix(EXCEPTION) + under
            yield name
            yield from _names(below, f".{name}")
