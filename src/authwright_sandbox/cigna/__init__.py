"""A payer's portal of server-rendered pages, which hands some services over to a delegate."""
