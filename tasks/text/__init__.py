"""Pages -> articles: blocks, verdicts, metadata."""
