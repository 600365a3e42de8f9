"""How much of anything the network may take from us. The values live with the flows' policy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebLimits:
    """The bounds of one client. Every one of them is needed, so none has a default.

    connect_seconds: name lookup, connection and TLS handshake of one hop together.
    silence_seconds: the longest wait for the first byte of an answer, and then between two of its bytes.
    total_seconds: one `get` from the first connection attempt to the last byte, redirects included, waiting for politeness excluded.
    keep_alive_seconds: how long an idle connection stays open for the next request to the same host.
    max_redirects: hops followed after the first request.
    max_url_characters: longest URL asked for, whether given by a feed or by a redirect.
    max_header_bytes: longest status line or header field. max_headers: how many fields an answer may have.
    max_wire_bytes: what may come over a connection in answer to one request, headers, interim answers and framing included.
    group_interval_seconds: from the start of one request to a group of hosts to the start of the next.
    jitter_share: how much longer than that it may be, by chance; 0.2 is up to a fifth.
    group_requests, total_requests: requests in flight at once, to one group and over all.
    slow_down_seconds: how long a group is left alone after a 429 or 503 that does not say for how long.
    max_slow_down_seconds: a Retry-After that asks for more is cut to it.
    dns_threads: names looked up at once.
    max_crawl_delay_seconds: a longer Crawl-delay than this is cut to it.
    robots_max_bytes: longest robots.txt; RFC 9309 section 2.5 asks for 500 KiB or more.
    robots_seconds: how long its rules hold; RFC 9309 section 2.4 says a day at most. Its Cache-Control may say less.
    robots_least_seconds: how long they hold at least, whatever that says.
    robots_failure_seconds: how long a host whose robots.txt could not be had is left alone; then for as long as that has been so, up to
    robots_max_failure_seconds, or for longer if its Retry-After asks for that.
    robots_unreachable_seconds: a robots.txt that could not be had for that long counts as none; RFC 9309 section 2.3.1.4 names 30 days.
    robots_max_redirects: hops followed to a robots.txt; RFC 9309 section 2.3.1.2 says at least five.
    robots_max_hosts: how many hosts' rules are kept; the oldest go first.
    The limits of robots.txt are those of tdmrep.json too.
    """

    connect_seconds: float
    silence_seconds: float
    total_seconds: float
    keep_alive_seconds: float
    max_redirects: int
    max_url_characters: int
    max_header_bytes: int
    max_headers: int
    max_wire_bytes: int
    group_interval_seconds: float
    group_requests: int
    total_requests: int
    jitter_share: float
    slow_down_seconds: float
    max_slow_down_seconds: float
    dns_threads: int
    max_crawl_delay_seconds: float
    robots_max_bytes: int
    robots_seconds: float
    robots_least_seconds: float
    robots_failure_seconds: float
    robots_max_failure_seconds: float
    robots_unreachable_seconds: float
    robots_max_redirects: int
    robots_max_hosts: int
