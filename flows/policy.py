"""Every limit, timeout and retry in one place. Change a number here and nowhere else."""

from __future__ import annotations

from datetime import timedelta

from flows.article_page.bounds import Bounds
from tasks.duplicates.pairs import Pairing
from tasks.feeds.limits import FeedLimits, SitemapLimits
from tasks.polling.recheck import Rechecking
from tasks.polling.rules import Backoff, Gone, Moving, Outage, Pace, PollingRules, Probing
from tasks.refine import Refining
from tasks.revisions.rows import Comparing
from tasks.template_states import Templating
from tasks.web.limits import WebLimits
from warehouse.figures.window import Bounds as ReportBounds

# When feeds are asked, and what is made of their answers. What each number means stands in tasks/polling/rules.py.
POLLING = PollingRules(
    pace=Pace(
        first=timedelta(minutes=15),
        shortest=timedelta(minutes=10),
        longest=timedelta(hours=6),
        after_gap=0.25,
        after_many=0.5,
        after_some=0.8,
        after_none=1.15,
        spread=0.1,
        longest_hint=timedelta(hours=6),
        longest_skip=timedelta(days=3),
        gap_outweighs=timedelta(days=7),
        longest_retry_after=timedelta(days=1),
        early=timedelta(minutes=1),
    ),
    temporary=Backoff(first=timedelta(minutes=15), factor=1.5, longest=timedelta(hours=6)),
    soft=Backoff(first=timedelta(minutes=30), factor=2.0, longest=timedelta(hours=12)),
    hard=Backoff(first=timedelta(hours=1), factor=3.0, longest=timedelta(days=1)),
    gone=Gone(confirmed_after=timedelta(days=1), probed_every=timedelta(days=7)),
    moving=Moving(polls=3, over=timedelta(days=1), failures=3),
    probing=Probing(every=20, after=timedelta(days=2), spread=0.25, distrust=timedelta(days=30)),
    outage=Outage(window=timedelta(minutes=5), domains=3, share=0.8, again=timedelta(minutes=5)),
)

# When `feedmill status` speaks up.
LATE_AFTER = timedelta(minutes=45)  # a feed that was due that long ago: runs are too rare, too slow, or stopped
SILENT_AFTER = timedelta(days=3)  # a feed that answers, but brought nothing new for that long, where its habit is not known
FEEDS_DISCOVERED = 12  # addresses that `feedmill feeds discover` asks per place it looks in

# When articles are looked at again without a word of a feed. What each number means stands in tasks/polling/recheck.py.
RECHECKING = Rechecking(
    after=(timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=10)),
    spread=0.2,
    confirm_after=timedelta(hours=6),
    late=timedelta(days=1),
    per_domain=60,
)

# What the network may take from us, and how gently we ask.
WEB = WebLimits(
    connect_seconds=10.0,
    silence_seconds=15.0,
    total_seconds=60.0,
    keep_alive_seconds=15.0,
    max_redirects=8,
    max_url_characters=4_096,
    max_header_bytes=32_768,
    max_headers=200,
    max_wire_bytes=40_000_000,
    group_interval_seconds=1.0,
    group_requests=2,
    total_requests=64,
    jitter_share=0.2,
    slow_down_seconds=30.0,
    max_slow_down_seconds=600.0,
    dns_threads=64,
    max_crawl_delay_seconds=30.0,
    robots_max_bytes=512 * 1024,
    robots_seconds=86_400.0,
    robots_least_seconds=900.0,
    robots_failure_seconds=600.0,
    robots_max_failure_seconds=6 * 3600.0,
    robots_unreachable_seconds=30 * 86_400,
    robots_max_redirects=5,
    robots_max_hosts=5_000,
)
HOST_FILES_BYTES = 64_000_000  # of robots.txt and tdmrep.json that a run takes over from earlier ones, the newest
HOSTS_KEPT = timedelta(days=90)  # what a host told and nobody asked for since
MAX_PAGE_BYTES = 5_000_000
FEED = FeedLimits(max_body_bytes=52_428_800, max_depth=60, max_entries=50_000, max_field_chars=1_000_000, max_list_items=50)
SITEMAP = SitemapLimits(max_new=1_000, max_files=20, max_depth=2, max_seconds=300.0)
ACCEPT_PAGE = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5,*/*;q=0.1"
ACCEPT_FEED = "application/rss+xml,application/atom+xml,application/rdf+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"

# A page that could not be had for a passing reason is tried again in later runs, then rejected.
PAGE_TRIES = 5
PAGE_RETRY_AFTER = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
RETRYABLE_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
RESUMED_PER_RUN = 20_000  # pending entries of earlier runs that one run takes up

# The stream: what may lie between its stages, and when a batch is written.
PAGES_IN_WAITING = 32
BATCH_PAGES = 256  # every batch opens and closes the warehouse once, which costs as much as some fifty pages
BATCH_SECONDS = 10.0
POLLS_PER_BATCH = 50
EXTRACT_SECONDS = 30.0
KILL_AFTER_SECONDS = 40.0  # a worker that has not given up by itself by then is stuck where no signal reaches it
WORKER_MEMORY_BYTES = 1_500_000_000

# At the end of a run: what recurs on a publisher's pages is learned, and articles that this touches are cleaned again. A publisher is
# learned anew once it doubled. So each article is read about twice for that; growth by a fifth would read it six times. It costs little: of
# the demo's labels no more are left standing, and where a publisher invents new ones every few weeks, they stand in 39 of 1,000 articles
# instead of 29, until the daily `maintain` learns from whatever grew.
REFINING = Refining(grown_by=3, grown_share=1.0, publishers=200, articles=400, at_a_time=1_000, followed=1_000, recleaned=500)

# Templates of publishers. What each number means stands in tasks/template_states.py.
TEMPLATING = Templating(
    first=4,
    pages=32,
    looked_at=400,
    publishers=200,
    at_a_time=30,
    audits=5,
    bad_audits=2,
    least_agreement=0.85,
    asked=30,
    asked_least=20,
    refused_share=0.33,
)

# Near-duplicates: articles first seen so many days apart are compared, where their texts may have something in common.
PAIRING = Pairing(window_days=14, least_shared=2, texts_at_a_time=500, texts=50_000)

# Versions: each is compared with the one before it.
COMPARING = Comparing(texts_at_a_time=500, texts=20_000)

# The store.
WAREHOUSE_MEMORY_BYTES = 512_000_000  # that DuckDB may hold while a run has the file open; what takes more goes through files beside it
GATHER_EVERY_RUNS = 16  # what batches wrote apart is put together in the file: oftener costs more, more seldom lets the file grow
GATHER_EVERY_LOADS = 32  # the same within a long run: each batch lies apart in every table, and every opening reads where all of them lie
ARCHIVE_FILE_BYTES = 1_000_000_000
LEFT_FILES_STAY = timedelta(days=1)  # files by month that no published copy reads any more: somebody may have a former one open
FORMER_RESTS = timedelta(minutes=3)  # before it is written into: what a web server sends by sendfile(2) is read after it closed the file

# Who may run: a run renews its lease and leaves it behind if it dies; then another one may take it over.
HEARTBEAT_SECONDS = 15.0
LEASE_SECONDS = 120.0
RUN_SECONDS = 6 * 3600.0  # what is not done by then is left to the next run

# Under Prefect. A step is tried again, a flow never: the next one is due soon anyway.
PUBLISH_TRIES_AGAIN = 3
PUBLISH_AGAIN_AFTER_SECONDS = 30.0
SECONDS_BETWEEN_LOG_LINES = 30.0
FLOW_HEARTBEAT_SECONDS = 30  # the shortest that Prefect takes
FLOW_SILENT_SECONDS = 120  # a run not heard of for that long is marked as crashed
SLOT_SECONDS = 60  # a run that dies before it begins holds its deployment's place that long; later, until it is marked as crashed
KEEP_FLOW_RUN_DAYS = 30
FLOW_RUNS_REMOVED_PER_ROUND = 2_000

# `feedmill up`: server and worker on this machine.
SERVER_PORT = 4200
SERVER_START_SECONDS = 180.0
DRAIN_SECONDS = 120.0  # how long a run in flight may go on after somebody said stop
STOP_SECONDS = 20.0  # how long a process may take to end before it is killed
RESTART_AFTER_SECONDS = 5.0
LARGEST_LOG_BYTES = 20_000_000  # of each process; as much again is kept of what was before

# `feedmill report`: how much it shows of what, and when it says that runs have stopped.
REPORT = ReportBounds(rows=25, days=60, clusters=10, members=6, cleaned_articles=20_000, late_after=LATE_AFTER, silent_after=SILENT_AFTER)
REPORT_STALE_AFTER = timedelta(days=1)

# `feedmill show --html`: how much of an article it shows.
ARTICLE_PAGE = Bounds(block_characters=20_000, blocks=2_000, characters=1_000_000, rows=50, compared_words=3_000)

# Files given to `feedmill import` and `feedmill extract`.
MAX_FILE_BYTES = 20_000_000
MAX_FILES = 1_000_000
