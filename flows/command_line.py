"""`feedmill`: the commands, and how their failures end. Nothing heavy is imported before a command is chosen."""

from __future__ import annotations

import signal
import sys
from importlib.metadata import version

from cyclopts import App

from flows.command_arguments import as_text
from flows.lean_process import lean_process
from flows.standard_output import drop_output, settle_output

COMMANDS = (
    ("demo", "flows.commands.demo:demo", "Run the whole pipeline on the bundled newsroom: no server, no network but loopback."),
    ("feeds", "flows.commands.feeds.app:app", "Keep the list of feeds: add, show, test, pause, discover, import, export."),
    ("status", "flows.commands.status:status", "Say which feeds are due, late, failing or silent, and how each domain stands."),
    ("ingest", "flows.commands.ingest:ingest", "Poll the feeds that are due, fetch and clean what is new, load it, publish."),
    ("import", "flows.commands.import_files:import_files", "Load HTML and plain-text files through the same cleaning."),
    ("extract", "flows.commands.extract:extract", "Clean files and print the articles; nothing is stored."),
    ("publish", "flows.commands.publish:publish", "Replace the published copy by the warehouse as it is now."),
    ("sql", "flows.commands.sql:sql", "Query the published copy."),
    ("search", "flows.commands.search:search", "Find articles by the words in headline and text."),
    ("export", "flows.commands.export:export", "Write a table, a view or a query to Parquet, CSV, JSON lines or Arrow."),
    ("schema", "flows.commands.schema:schema", "Say what can be asked: views, macros, tables, and their columns."),
    ("report", "flows.commands.report:report", "Write a page about what came in, who had it first, what changed, and what ails."),
    ("show", "flows.commands.show:show", "Show one article: as text, or as an HTML page with all that is known of it."),
    ("explain", "flows.commands.explain:explain", "Tell what became of every block of an article, by which rule and why."),
    ("rules", "flows.commands.rules:app", "List what rules do, shipped and learned ones; switch them off and on."),
    ("templates", "flows.commands.templates:app", "Show what was learned of publishers' pages; audit it, forget it."),
    ("restore", "flows.commands.restore:restore", "Put a block that was taken out of an article back into its text."),
    ("audit", "flows.commands.audit:audit", "Check the warehouse against itself; violations are printed."),
    ("maintain", "flows.commands.maintain:maintain", "Compact and check the warehouse, remove what crashed runs left."),
    ("up", "flows.commands.up:up", "Run on schedule: Prefect's server, the deployments and a worker on this machine."),
    ("ps", "flows.commands.ps:ps", "Say whether server and worker are well, what ran last, and what is due."),
    ("deploy", "flows.commands.deploy:deploy", "Bring the Prefect server in line with prefect.yaml."),
    ("down", "flows.commands.down:down", "Stop server and worker, after the run in flight."),
)

app = App(
    name="feedmill",
    help="News feeds in, clean deduplicated rows out.",
    version=lambda: version("feedmill"),
    result_action="return_value",
    suppress_keyboard_interrupt=False,  # main says it
)
for name, target, text in COMMANDS:
    app.command(target, name=name, help=text)


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 not possible, 2 the call or the configuration is wrong, 130 or 143 interrupted."""
    lean_process()
    settle_output()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # as Ctrl-C: the run closes its row and its workers
    try:
        result = app(list(as_text(sys.argv[1:])))
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        drop_output()
        sys.exit(0)
    except Exception as failure:  # the one place where failures become words
        from flows.failures import told  # noqa: PLC0415 - only a failure pays for it

        ending = told(failure)
        if ending is None:
            raise
        print(f"feedmill: {ending.message}", file=sys.stderr)
        sys.exit(ending.exit_code)
    sys.exit(result if isinstance(result, int) else 0)


if __name__ == "__main__":
    main()
