"""Paper forms put on the web, each on a few plain pages: no account, no menu, no scripts to speak of."""
