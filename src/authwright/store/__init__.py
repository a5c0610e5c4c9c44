"""The database and the evidence folder. `open_store` gives a Store; all else goes through its sessions."""

from sqlalchemy.exc import OperationalError as StoreAwayError

from authwright.store.store import PracticeSession, Store, UnknownPracticeError, open_store
from authwright.store.transaction import LostUpdateError, OtherPracticeError, StoreError

__all__ = [
    "LostUpdateError",
    "OtherPracticeError",
    "PracticeSession",
    "Store",
    "StoreAwayError",
    "StoreError",
    "UnknownPracticeError",
    "open_store",
]
