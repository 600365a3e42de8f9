"""`feedmill show --html`: one article with everything that is known of it, as a page that stands alone."""
