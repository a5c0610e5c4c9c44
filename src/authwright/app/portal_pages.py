"""What an SOP's runs have found pages to be, for its next run: bindings, and labels under other words.

Bindings are sealed: the labels that stood beside a control may name a patient. Repairs hold the labels of
fields only, and are files such as `sop run --state` keeps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from authwright.app.sealed_files import SealedFiles
from authwright.browser.repairs import decided, read_repairs, record, repairs_file
from authwright.core.ports import Sealer
from authwright.core.run import Healed
from authwright.runner.bindings import Binding, Repairs

FOLDER = "pages"


@dataclass(frozen=True, slots=True)
class PortalPages:
    """`folder` is the practice's `pages`."""

    folder: Path
    sealed: SealedFiles

    @classmethod
    def of(cls, practice_folder: Path, practice: str, sealer: Sealer) -> Self:
        folder = practice_folder / FOLDER
        return cls(folder, SealedFiles(folder, practice, sealer, "bindings"))

    def bindings(self, sop: str) -> dict[str, Binding]:
        """Of the last good run; {} when nothing is kept, or nothing that opens."""
        data = self.sealed.read(sop)
        try:
            return msgspec.json.decode(data, type=dict[str, Binding]) if data else {}
        except msgspec.MsgspecError:
            return {}  # of another version: they only make finding surer

    def keep_bindings(self, sop: str, found: Mapping[str, Binding]) -> None:
        """Adds those of a good run to what is kept: not every run comes to every step."""
        self.sealed.write(sop, msgspec.json.encode({**self.bindings(sop), **found}))

    def repairs(self, sop: str) -> Repairs:
        """What people have decided. Raises ValueError when the file can't be read."""
        return decided(read_repairs(repairs_file(self.folder, sop)))

    def note_healed(self, sop: str, healed: Sequence[Healed]) -> None:
        """Raises ValueError when the file can't be read."""
        record(self.folder, sop, healed)
