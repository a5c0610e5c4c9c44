"""Files that a person attached, kept by what matters of them."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

LIMIT_BYTES = 10 * 1024 * 1024
KINDS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt", ".doc", ".docx")


@dataclass(frozen=True, slots=True)
class Upload:
    id: str
    name: str
    size: int
    sha256: str

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "size": self.size, "sha256": self.sha256}


class Uploads:
    def __init__(self) -> None:
        self._uploads: dict[str, Upload] = {}

    def add(self, name: str, data: bytes) -> Upload:
        """Raises ValueError, in the page's words, for a file that the payer doesn't take."""
        if not name.lower().endswith(KINDS):
            raise ValueError(f"{name}: files of this kind are not accepted.")
        if not data:
            raise ValueError(f"{name}: the file is empty.")
        if len(data) > LIMIT_BYTES:
            raise ValueError(f"{name}: the file is larger than 10 MB.")
        upload = Upload(secrets.token_hex(8), name, len(data), hashlib.sha256(data).hexdigest())
        self._uploads[upload.id] = upload
        return upload

    def get(self, upload_id: str) -> Upload | None:
        return self._uploads.get(upload_id)

    def clear(self) -> None:
        self._uploads.clear()
