"""One payer's own portal: a single page application behind a sign-in of three pages."""
