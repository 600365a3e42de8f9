"""What publishers change in their articles: what counts as a change, where it stands, and what kind of change it is."""
