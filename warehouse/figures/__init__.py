"""The numbers of the report, each with the query that gave it."""
