"""A rehearsal as a page to look at: each step with its picture, and a box around what it found."""

import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from authwright.app.rehearsals import SopRehearsal
from authwright.browser.rehearsal import Box, Rehearsal, RehearsedStep, Write
from authwright.core.run import RunResult

FILE_NAME = "rehearsal.html"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box stands, in hundredths of the picture's width and height."""

    name: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture, relative to the report, with the boxes in it."""

    file: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ShownStep:
    step: RehearsedStep
    sentence: str
    shots: tuple[Shot, ...]


def write(
    folder: Path,
    done: SopRehearsal,
    result: RunResult,
    seen: Rehearsal,
    *,
    title: str,
    sentences: Sequence[str],
    pictures: Mapping[str, str],
    reached: bool,
) -> Path:
    """Write the report beside its pictures and return it. It shows a patient: only its owner reads it.

    `sentences` are the SOP's lines, `pictures` the files by content hash.
    """
    steps = [_shown(s, sentences, folder, pictures) for s in seen.steps]
    html = _environment().get_template("rehearsal.html")
    text = html.render(
        title=title,
        done=done,
        result=result,
        steps=steps,
        writes=_counted(seen.writes),
        reached=reached,
    )
    path = folder / FILE_NAME
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def _shown(
    step: RehearsedStep, sentences: Sequence[str], folder: Path, pictures: Mapping[str, str]
) -> ShownStep:
    line = step.record.line
    sentence = sentences[line - 1].strip() if 0 < line <= len(sentences) else ""
    found = [(t.picture or step.record.picture, t.name, t.box) for t in step.touched]
    wanted = dict.fromkeys(p for p, _, _ in found if p) or dict.fromkeys(filter(None, [step.record.picture]))
    shots = [
        Shot(file, _places(folder / file, [(name, box) for p, name, box in found if p == hash_ and box]))
        for hash_ in wanted
        if (file := pictures.get(hash_))
    ]
    return ShownStep(step, sentence, tuple(shots))


def _places(picture: Path, boxes: Sequence[tuple[str, Box]]) -> tuple[Place, ...]:
    width, height = (size / 100 for size in _size(picture))
    return tuple(
        Place(name, b.left / width, b.top / height, b.width / width, b.height / height) for name, b in boxes
    )


def _size(picture: Path) -> tuple[int, int]:
    """Width and height, as a PNG's header gives them."""
    with picture.open("rb") as file:
        found: tuple[int, int] = struct.unpack(">II", file.read(24)[16:24])
    return found


def _counted(writes: Sequence[Write]) -> list[tuple[Write, int]]:
    """Each kind of request with how often it was made at that step."""
    counted: dict[Write, int] = {}
    for one in writes:
        counted[one] = counted.get(one, 0) + 1
    return list(counted.items())


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("authwright.app"), autoescape=select_autoescape(), undefined=StrictUndefined
    )
