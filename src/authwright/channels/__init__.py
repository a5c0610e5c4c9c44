"""Ways to and from others that are no portal's pages: the mailbox that one-time codes come to."""
