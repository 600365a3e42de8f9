from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasks.tracking_parameters import SOURCES, is_tracking_parameter
from tasks.urls import LONGEST_URL, absolute, article_id, canonical_url, registrable_domain, url_key

URLISH = st.text() | st.builds(
    "{}{}{}".format,
    st.sampled_from(["http://", "HTTPS://", "//", "https://www.Example.com", "http://münchen.test:80", "http://[::1]", "ftp://a/"]),
    st.text(alphabet="ab!.:/?&=#%@[]\\ äé\t\n2eEfF~|;+", max_size=40),
    st.text(max_size=10),
)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://WWW.Example.COM/News/Story", "https://www.example.com/News/Story"),
        ("http://example.com", "http://example.com/"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/a/./b/../c", "https://example.com/a/c"),
        ("https://example.com/a/%2e%2e/b", "https://example.com/b"),
        ("https://example.com/../../x", "https://example.com/x"),
        ("https://example.com/a/..", "https://example.com/"),
        ("https://example.com/%7Ejo/%c3%a4/%41", "https://example.com/~jo/%C3%A4/A"),
        ('https://example.com/a b"<>', "https://example.com/a%20b%22%3C%3E"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a//b", "https://example.com/a//b"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://exam\nple.com/a", "https://example.com/a"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
        ("http://192.0.2.7/x", "http://192.0.2.7/x"),
        ("https://example.com/?", "https://example.com/"),
        ("https://example.com/a?b=%7E&c=%2f", "https://example.com/a?b=~&c=%2F"),
        ("https://example.com/#!/story/%7e7", "https://example.com/#!/story/~7"),
        ("https://example.com/a?b=1#!story?c=2#d", "https://example.com/a?b=1#!story?c=2%23d"),
        ("https://example.com/a#!", "https://example.com/a"),
        ("https://example.com/a#!/", "https://example.com/a"),
    ],
)
def test_a_url_has_one_canonical_spelling(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("utm_source=rss&utm_medium=feed", ""),
        ("UTM_Source=rss", ""),
        ("id=7&fbclid=x&page=2", "?id=7&page=2"),
        ("b=2&a=1", "?b=2&a=1"),
        ("%75tm_source=x&a=1", "?a=1"),
        ("gclid", ""),
        ("z=1&HSA_cam=7&a=2&at_custom4=x&b=3&irclickid=x", "?z=1&a=2&b=3"),
        ("itm_source=box&item=7", "?item=7"),
        ("cm_mmc-_-x=1&cm=2", "?cm=2"),
        ("adjust_campaign=x&adjust=2", "?adjust=2"),
        ("a=1&&b=2&", "?a=1&b=2"),
        ("q=a+b%20c", "?q=a+b%20c"),
    ],
)
def test_tracking_parameters_go_and_all_others_stay_in_their_order(query: str, kept: str) -> None:
    assert canonical_url(f"https://example.com/a?{query}") == f"https://example.com/a{kept}"


# Each chooses the content on sites that publish news, though lists that remove names everywhere may know some of them.
CHOOSES = (
    "id p page article story art aid nid sid cid pid tid uid vid oid ref source s q v t a n c i m d k lang language type cat section date "
    "view format print output topic tag author slug key item no num idx contentid articleid docid newsid storyid clickid campaign medium "
    "content term keyword utm partner from share via app client var gid feed rss offset start year month day hash token amp_page gift"
).split()


@pytest.mark.parametrize("name", CHOOSES)
def test_a_name_that_may_choose_the_content_is_never_taken_for_tracking(name: str) -> None:
    assert not is_tracking_parameter(name)
    assert not is_tracking_parameter(name.upper())


def test_every_tracking_parameter_stands_once_and_under_a_source() -> None:
    words = [word for _, listed in SOURCES for word in listed.split()]

    assert len(words) == len(set(words)) > 100
    assert all(source and listed for source, listed in SOURCES)
    assert all(word == word.lower() and "*" not in word[:-1] and len(word.rstrip("*")) >= 3 for word in words)


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "story.html",
        "/story",
        "//example.com/a",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "mailto:a@example.com",
        "file:///etc/passwd",
        "data:text/html,x",
        "http://",
        "http:///a",
        "https://user:secret@example.com/",
        "https://user@example.com/",
        "http://example.com:0/",
        "http://example.com:99999/",
        "http://example.com:x/",
        "http://exa mple.com/",
        "http://a..b/",
        "http://-a.example/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://1.2.3.4.5/",
        "http://a\\b/",
        "http://" + "a." * 130 + "example/",
        "https://example.com/" + "a" * LONGEST_URL,
    ],
)
def test_what_is_no_usable_http_url_has_no_canonical_form(url: str) -> None:
    assert canonical_url(url) is None


@given(URLISH)
@example("http://a/%25%32%65")
@example("http://a/?%25=%2525")
@example("http://a?x=\ud800")
def test_making_a_url_canonical_twice_changes_nothing_and_never_raises(url: str) -> None:
    canonical = canonical_url(url)

    if canonical is not None:
        assert canonical_url(canonical) == canonical
        assert canonical.isascii()
        assert registrable_domain(canonical)
        assert article_id(url_key(canonical)).version == 5


@given(st.text(), st.text())
def test_resolving_and_asking_for_the_domain_never_raise(base: str, ref: str) -> None:
    resolved = absolute(base, ref)

    assert resolved is None or ":" in resolved
    assert isinstance(registrable_domain(ref), str)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.com/a", "https://example.com/a"),
        ("https://www.example.com/a", "https://example.com/a"),
        ("https://example.com/a/", "https://example.com/a"),
        ("https://example.com/a?x=1&y=2", "https://example.com/a?y=2&x=1"),
        ("https://example.com/a?utm_source=x", "https://example.com/a#top"),
        ("https://amp.example.com/a", "https://www.example.com/a"),
        ("https://m.example.com/a", "https://example.com/a"),
        ("https://mobile.example.com/a", "https://example.com/a"),
        ("https://www.m.example.com/a", "https://example.com/a"),
        ("https://example.com/a/amp/", "https://example.com/a"),
        ("https://example.com/amp/a", "https://example.com/a"),
        ("https://example.com/a.amp.html", "https://example.com/a.html"),
        ("https://example.com/a.amp", "https://example.com/a"),
        ("https://example.com/a?amp", "https://example.com/a"),
        ("https://example.com/a?amp=1&id=7", "https://example.com/a?id=7"),
        ("https://example.com/a?outputType=amp", "https://example.com/a"),
        ("https://www.example.com/?b=2&a=1#!/story?y=1", "http://example.com/?a=1&b=2#!/story?y=1"),
    ],
)
def test_spellings_of_one_article_share_a_key_and_an_id(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)
    assert article_id(key_of(one)) == article_id(key_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/a?id=1", "https://example.com/a?id=2"),
        ("https://example.com/a", "https://example.com:8080/a"),
        ("https://example.com/a", "https://news.example.com/a"),
        ("https://www.test/a", "https://test/a"),
        ("https://m.test/a", "https://test/a"),
        ("https://example.com/amp", "https://example.com/"),
        ("https://example.com/lamp", "https://example.com/l"),
        ("https://example.com/amp-guide", "https://example.com/-guide"),
        ("https://example.com/a?amp=2", "https://example.com/a"),
        ("https://m7.example.com/a", "https://example.com/a"),
        ("https://example.com/#!/story/1", "https://example.com/#!/story/2"),
        ("https://example.com/#!/story/1", "https://example.com/"),
    ],
)
def test_different_articles_have_different_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_article_ids_are_fixed_for_ever() -> None:
    assert article_id("example.com/a") == UUID("c4486225-ceb1-5bad-b18f-bef71c2110f1")


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.bbc.co.uk/x", "bbc.co.uk"),
        ("https://www.example.com/", "example.com"),
        ("https://anna.github.io/post", "anna.github.io"),
        ("https://a.b.paper.test/x", "paper.test"),
        ("http://localhost:8000/x", "localhost"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("http://[::1]:8000/x", "[::1]"),
        ("https://WWW.Münchner-Blatt.de/", "xn--mnchner-blatt-wob.de"),
        ("no url", ""),
        ("mailto:a@example.com", ""),
    ],
)
def test_the_registrable_domain_comes_from_the_public_suffix_list(url: str, domain: str) -> None:
    assert registrable_domain(url) == domain


@pytest.mark.parametrize(
    ("ref", "resolved"),
    [
        ("/a", "https://example.com/a"),
        ("b", "https://example.com/x/b"),
        ("?q=1", "https://example.com/x/y?q=1"),
        ("//other.example/z", "https://other.example/z"),
        ("https://other.example/", "https://other.example/"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("", None),
        ("  ", None),
        ("http://[", None),
        ("https://", None),
    ],
)
def test_references_are_resolved_against_their_document(ref: str, resolved: str | None) -> None:
    assert absolute("https://example.com/x/y", ref) == resolved


def key_of(url: str) -> str:
    canonical = canonical_url(url)
    assert canonical is not None
    return url_key(canonical)
