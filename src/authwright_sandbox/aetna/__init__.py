"""A payer that is opened from the hub by single sign-on, or by a sign-in of its own with a code by email."""
