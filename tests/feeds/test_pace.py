"""What feeds say about how often they change."""

from __future__ import annotations

import pytest

from flows import policy
from tasks.feeds.parse import parse_feed
from tasks.model import FeedPace

SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


def rss(channel, attributes=""):
    return f'<rss version="2.0" {attributes}><channel><title>Paper</title>{channel}<item><title>One</title></item></channel></rss>'


def pace(text):
    return parse_feed(text.encode(), url="https://paper.test/rss", content_type=None, limits=policy.FEED).pace


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("", None),
        ("<ttl>60</ttl>", 3_600),
        ("<ttl> 5 </ttl>", 300),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>999999999</ttl>", 10 * 366 * 86_400),
        ("<ttl>9999999999999999999999</ttl>", None),
        ("<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1_800),
        ("<sy:updatePeriod>Daily</sy:updatePeriod>", 86_400),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3_600),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>100000</sy:updateFrequency>", None),
        ("<sy:updatePeriod>often</sy:updatePeriod>", None),
        ("<sy:updateFrequency>2</sy:updateFrequency>", None),
        ("<ttl>15</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3_600),
    ],
)
def test_ttl_and_update_period_name_the_time_between_changes(channel, seconds):
    assert pace(rss(channel, SY)) == FeedPace(least_seconds=seconds)


def test_hours_and_days_to_skip_are_read_in_any_order_once_each():
    channel = (
        "<skipHours><hour>23</hour><hour>0</hour><hour>24</hour><hour>25</hour><hour>x</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>monday</day><day>Sunday</day><day>Someday</day></skipDays>"
    )
    assert pace(rss(channel)) == FeedPace(skip_hours=(0, 23), skip_days=(1, 7))


def test_what_stands_inside_an_item_is_not_said_of_the_feed():
    assert pace('<rss version="2.0"><channel><item><title>One</title><ttl>5</ttl></item></channel></rss>') == FeedPace()


def test_atom_and_rdf_feeds_say_it_in_the_syndication_module():
    period = f"<sy:updatePeriod {SY}>daily</sy:updatePeriod>"
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom">{period}<entry><title>One</title></entry></feed>'
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f"<channel>{period}</channel><item><title>One</title></item></rdf:RDF>"
    )
    assert pace(atom) == pace(rdf) == FeedPace(least_seconds=86_400)


def test_a_json_feed_says_nothing():
    assert pace('{"version": "https://jsonfeed.org/version/1.1", "items": []}') == FeedPace()
