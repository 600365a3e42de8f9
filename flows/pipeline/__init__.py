"""The journey of an article from feed to row: it puts the steps of `tasks` and `warehouse` in order and decides nothing itself."""
