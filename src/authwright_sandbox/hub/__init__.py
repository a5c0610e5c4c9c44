"""The hub: many payers behind one sign-in, the application inside a frame."""
