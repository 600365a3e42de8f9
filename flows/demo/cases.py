"""The situations that stand in the newsroom on purpose. Which article is in which is written in publishers/*.toml."""

from __future__ import annotations

from enum import StrEnum


class Case(StrEnum):
    """What is special about an article, its entry or its page. An article may be in several cases."""

    TAIL = "tail"  # the article container ends in "News" or "Dismiss"
    LABEL_TAIL = "label_tail"  # ... in a label drawn for this publisher
    AGENCY = "agency"  # a copy of an agency's story, with small edits
    REPEAT_EXACT = "repeat_exact"  # a paragraph stands twice
    REPEAT_NEAR = "repeat_near"  # ... the second time with other quotation marks or dashes
    PULL_QUOTE = "pull_quote"  # a sentence of the body stands again as a pull quote
    PHRASE_AGAIN = "phrase_again"  # a phrase quoted again inside other sentences: all of it stays
    SCORES = "scores"  # a list of results, two of them equal: all of it stays
    NEW_ID = "new_id"  # the entry's id changes in round 2
    NEW_TRACKING = "new_tracking"  # the entry's link gains tracking parameters in round 2
    REDIRECT = "redirect"  # the entry's link answers 302 to the article
    TEXT_EDIT = "text_edit"  # revised in round 2
    HEADLINE_EDIT = "headline_edit"  # revised in round 2: the headline only
    CORRECTION = "correction"  # revised in round 2, with a correction notice
    ANNOUNCED_ONLY = "announced_only"  # announced as updated in round 2, with nothing changed
    THERE_AND_BACK = "there_and_back"  # text A in round 1, B in round 2, A again in round 3
    HEADER_LIES = "header_lies"  # the header says iso-8859-1, the body is UTF-8
    META_LIES = "meta_lies"  # <meta charset> says iso-8859-1, the body is UTF-8, the header says nothing
    UNDECLARED = "undeclared"  # windows-1252 that nothing declares
    BYTE_ORDER_MARK = "byte_order_mark"  # UTF-8 behind a byte order mark
    LEGACY_CHARSET = "legacy_charset"  # Shift_JIS or windows-1256, rightly declared
    GONE = "gone"  # the page is a 404
    ERROR_ONCE = "error_once"  # 500 in round 1, fine from round 2
    SLOW = "slow"  # the answer takes 0.7 s
    HUGE = "huge"  # more than 6 MB
    VIDEO_SHELL = "video_shell"  # a player and no text
    LINK_INDEX = "link_index"  # a list of links
    NO_DATE = "no_date"  # the entry has no date
    NO_TITLE = "no_title"  # the entry has no title
    NO_LINK = "no_link"  # the entry has no link
    SHARED_ID = "shared_id"  # the entry carries the id of another one
    ROBOTS_FORBIDDEN = "robots_forbidden"  # robots.txt forbids the page


REVISED = frozenset({Case.TEXT_EDIT, Case.HEADLINE_EDIT, Case.CORRECTION, Case.THERE_AND_BACK})
REJECTED = frozenset({Case.GONE, Case.HUGE, Case.VIDEO_SHELL, Case.LINK_INDEX, Case.NO_LINK, Case.ROBOTS_FORBIDDEN})
