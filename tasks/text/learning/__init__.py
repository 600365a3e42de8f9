"""What recurs on a publisher's pages: seen in its ledgers, frozen in snapshots, applied as rules of that publisher."""
