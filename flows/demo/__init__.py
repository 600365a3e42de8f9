"""A newsroom that does not exist: invented publishers, generated articles, and the truth about each of them, for demos and tests."""
