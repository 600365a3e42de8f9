"""Every rule that ships, as people are told of it: wording and roles are data and known from there, rules that are code stand here."""

from __future__ import annotations

from functools import cache

from tasks.text.rules import Rule, builtin_rules

CODED = (
    Rule("outside-article", 1, "stands outside the article on the page", "Home | Sport | Weather"),
    Rule("headline", 1, "is the title", "Ferry sails again"),
    Rule("headline-repeat", 1, "repeats the headline, which is the title", "Ferry sails again"),
    Rule("standfirst", 1, "introduces the article, between headline and text", "After nine weeks the islands are no longer cut off."),
    Rule("byline", 1, "names who wrote the article", "By Ann Lee"),
    Rule("date-line", 1, "says when the article was published", "3 March 2026, 14:05"),
    Rule("caption", 1, "a picture's caption", "The ferry at Mosswick on Tuesday."),
    Rule(
        "caption-with-credit", 1, "a line above the text that closes with a picture credit", "The ferry. (Photo: Ann Lee/Agency)"
    ),
    Rule("credit", 1, "names the source of a picture or text", "Photo: Ann Lee / Agency"),
    Rule("correction", 1, "says what the publisher corrected", "Correction: the ferry sailed on Tuesday, not on Monday."),
    Rule("link-list", 1, "one of a list of links to other pages", "Harbour board meets again"),
    Rule("linked-line", 1, "a line between paragraphs that only links to another article", "MORE: Harbour board meets again"),
    Rule("linked-card", 1, "a box in the text that leads to another article", "Harbour board meets again"),
    Rule("after-the-text", 1, "stands behind the text, in another part of the page", "Most read this week"),
    Rule("tail-label", 1, "bare words under the text, which never uses them", "Dismiss"),
    Rule("heading-of-nothing", 1, "a heading at the end that no text follows", "Related"),
    Rule("repeat-exact", 1, "repeats another paragraph of the article exactly", "a paragraph that stands above, letter for letter"),
    Rule("repeat-near", 1, "repeats another paragraph of the article nearly", "a pull quote of a sentence that the text says"),
    Rule("rescued-prose", 1, "a paragraph that stands where the article's paragraphs stand", "a paragraph that the extractor left out"),
    Rule("rescued-heading", 1, "a heading between the article's paragraphs", "a heading that the extractor left out"),
    Rule("rescued-item", 1, "an item of a list between the article's paragraphs", "an item that the extractor left out"),
    Rule("rescued-code", 1, "code between the article's paragraphs", "lines of code that the extractor left out"),
    Rule(
        "rescued-alike", 1, "stands between the article's paragraphs in the same kind of place as others of its blocks",
        "an answer that the extractor left out",
    ),
)  # fmt: skip


@cache
def catalogue() -> dict[str, Rule]:
    """By id, in order of id. Learned rules are not of it: each publisher has its own."""
    rules = builtin_rules()
    shipped = (*CODED, *(each.rule for each in rules.phrases), *(each.rule for each in rules.roles.values()))
    return {each.rule_id: each for each in sorted(shipped, key=lambda rule: rule.rule_id)}
