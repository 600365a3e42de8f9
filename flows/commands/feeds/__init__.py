"""`feedmill feeds`: the list of feeds, kept in feeds.toml."""
