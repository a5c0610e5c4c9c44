"""A practice at its desk: a folder with a case, and `authwright sop run` as a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authwright_sandbox.process import Portal

LIBRARY = Path(__file__).parents[2] / "library"


@dataclass(frozen=True)
class Practice:
    """`portal` is where each SOP begins; `sops` the library's folder of it."""

    folder: Path
    portal: Portal
    sops: Path
    case: dict[str, Any]

    def command(self, sop: str | Path, *options: str, **changes: Any) -> list[str]:
        """`sop` is a name in the library or a file; a change to None takes the datum out of the case."""
        for document in self.case.get("documents", ()):
            (self.folder / document["path"]).write_bytes(b"%PDF-1.4 notes")
        case = {key: value for key, value in (self.case | changes).items() if value is not None}
        (self.folder / "case.json").write_text(json.dumps(case))
        self._forget_codes()
        file = sop if isinstance(sop, Path) else self.sops / f"{sop}.md"
        what = [str(file), "--case", str(self.folder / "case.json"), "--base-url", self.portal.url]
        how = ["--state", str(self.folder / "state"), "--settle", "3", "--json", *options]
        program = "from authwright.cli.main import main; main()"
        return [sys.executable, "-c", program, "sop", "run", *what, *how]

    def run(self, sop: str | Path, *options: str, **changes: Any) -> tuple[int, dict[str, Any]]:
        """Its exit code and its result."""
        command = self.command(sop, *options, **changes)
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    def killed_while_sending(self, sop: str, **changes: Any) -> None:
        """Starts a run and kills it, browser and all, while the portal holds what it sent."""
        quiet = subprocess.DEVNULL
        with subprocess.Popen(
            self.command(sop, **changes), env=self._environment, stdout=quiet, stderr=quiet
        ) as process:
            assert self.portal.happened("submit-held")
            process.kill()

    @property
    def _environment(self) -> dict[str, str]:
        return os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache")}

    def _forget_codes(self) -> None:
        """Else a run would wait for the next one-time code; the portals take one again here."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        (self.folder / "state" / "last-code-window").unlink(missing_ok=True)
