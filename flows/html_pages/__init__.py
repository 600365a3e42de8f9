"""Pages for people: HTML files that stand alone, without a server and without the network."""
