"""What a page says about its article, and what of it is believed."""
