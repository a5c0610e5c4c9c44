"""The portal of a company that reviews some services for payers: of its own origin, account and numbers."""
