"""The store: one DuckDB file, its SQL, and the copy that analysts open."""
