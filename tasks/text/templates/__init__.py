"""Where a publisher's articles stand in its pages: learned from pages that the extractor read, and asked instead of it on later ones."""
