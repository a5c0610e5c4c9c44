"""A new practice's folder: settings to fill in, a key, a database, places for what is the practice's own."""

import json
from datetime import datetime
from pathlib import Path

from authwright.app.settings import FILE_NAME
from authwright.store import schema
from authwright.vault import keys

_SETTINGS = """\
# A practice's settings. `authwright check FOLDER` says what is wrong in here.

[practice]
id = {id}
name = {name}
# In which roles the practice obtains approvals. What someone else must obtain (the hospital, a
# supplier) is left to them and chased.
acts_as = ["ordering", "rendering"]

[database]
url = "sqlite:///authwright.db"      # beside this file; or postgresql://user@host/database

[insurance]
map = "insurances.csv"               # what the practice system calls each insurance -> payer and plan

# Columns of the orders file as the practice system names them, where they are not our names:
# [orders.columns]
# "order.id" = "Order #"

# A portal that the practice files through. Nothing is run there until its terms were read, and that was
# recorded: authwright library terms hub --read-by NAME --on DATE --decision allowed
# [portals.hub]
# base_url = "https://portal.example/"
# wait_for_person_seconds = 600       # how long a run waits where the portal shows a CAPTCHA; 0: not at all

# Through which portal requests to a payer go:
# [filing]
# unitedhealthcare = "hub"
"""
_INSURANCES = "insurance_name,payer,plan,line_of_business,funding\n"


class FolderInUseError(Exception):
    """There is a practice in the folder already."""


def init(folder: Path, practice_id: str, name: str, *, at: datetime) -> Path:
    """Make the folder and everything in it; the settings file. Nothing that is there is replaced."""
    settings = folder / FILE_NAME
    if settings.exists():
        raise FolderInUseError(f"{settings} is there already: nothing was changed")
    folder.mkdir(parents=True, exist_ok=True)
    settings.write_text(_SETTINGS.format(id=_quoted(practice_id), name=_quoted(name)), encoding="utf-8")
    insurances = folder / "insurances.csv"
    if not insurances.exists():
        insurances.write_text(_INSURANCES, encoding="utf-8")
    (folder / "library").mkdir(exist_ok=True)
    key = folder / "authwright.key"
    if not key.exists():
        keys.create(key)
    schema.upgrade(f"sqlite:///{(folder / 'authwright.db').resolve()}")
    return settings


def _quoted(text: str) -> str:
    """A TOML basic string: the escapes of JSON are among its own."""
    return json.dumps(text, ensure_ascii=False)
