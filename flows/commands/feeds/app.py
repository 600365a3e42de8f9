"""`feedmill feeds`: its commands. The libraries of the network are imported only by those that ask."""

from __future__ import annotations

from cyclopts import App

from flows.commands.feeds.show import list_feeds

COMMANDS = (
    ("add", "flows.commands.feeds.change:add", "List a feed."),
    ("list", "flows.commands.feeds.show:list_feeds", "Show the feeds that are listed."),
    ("show", "flows.commands.feeds.show:show", "Show one feed: what the list says, how it stands, its last polls."),
    ("test", "flows.commands.feeds.look:ask", "Ask a feed once and say what came; nothing is stored."),
    ("pause", "flows.commands.feeds.change:pause", "Poll a feed no more; it stays in the list."),
    ("resume", "flows.commands.feeds.change:resume", "Poll a paused feed again."),
    ("remove", "flows.commands.feeds.change:remove", "Take a feed off the list; what it brought stays in the warehouse."),
    ("discover", "flows.commands.feeds.look:discover_feeds", "Find the feeds of a site."),
    ("import", "flows.commands.feeds.exchange:import_feeds", "List the feeds of an OPML or CSV file."),
    ("export", "flows.commands.feeds.exchange:export_feeds", "Write the list as OPML or CSV."),
)

app = App(name="feeds", help="Keep the list of feeds: add, show, test, pause, discover, import, export.", result_action="return_value")
for name, target, text in COMMANDS:
    app.command(target, name=name, help=text)
app.default(list_feeds)
