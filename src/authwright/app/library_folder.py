"""Where the payer library is, on this machine."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def library_folder() -> Path | None:
    """The shipped library: $AUTHWRIGHT_LIBRARY, else beside the source tree, else where it is installed."""
    if named := os.environ.get("AUTHWRIGHT_LIBRARY"):
        return Path(named)
    beside = Path(__file__).resolve().parents[3] / "library"
    installed = Path(sys.prefix) / "share" / "authwright" / "library"
    return next((folder for folder in (beside, installed) if folder.is_dir()), None)


def library_folders(overlays: Sequence[Path] = ()) -> list[Path]:
    """The shipped library, then the overlays, the later the stronger."""
    shipped = library_folder()
    return [*([shipped] if shipped else []), *overlays]
