"""Authwright: pre-service approvals from payers, decided, requested, followed, proved and checked."""

__version__ = "0.1.0"
