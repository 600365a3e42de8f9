"""Rows of the published copy as files that other tools read."""
