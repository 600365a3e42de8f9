"""The report: one page about the published copy, for editors, analysts and ops."""
