"""Attaching documents of the case."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from authwright.core.data_names import look_up
from authwright.core.run import HaltReason
from authwright.core.workflow import Action, Step
from authwright.runner.asks import Acted, Upload, Walk, act, measure
from authwright.runner.complaints import complaint_after
from authwright.runner.data import items_of
from authwright.runner.finding import beside, locate
from authwright.runner.looking import look
from authwright.runner.matcher import Match, Wanted, under
from authwright.runner.nearby import in_row
from authwright.runner.page import Control, Kind, Page
from authwright.runner.pairs import rows_with
from authwright.runner.program import planned
from authwright.runner.state import Attached, Run, halt, item_over, label_of
from authwright.runner.wording import plain


def upload(run: Run, step: Step) -> Walk[None]:
    """UPLOAD: every document of the kind, none too large, and the page names each of them."""
    paths = tuple(_path(d) for d in _documents(run, step))
    if not paths:
        kind = f" of kind {step.document_kind}" if step.document_kind else ""
        if step.value is not None and step.value.every:
            run.note = f"the case has no document{kind}"
            return
        raise halt(run, HaltReason.DATA_MISSING, f"a document{kind}", "the case has none")
    sizes = yield from measure(paths)
    for path, size in zip(paths, sizes, strict=True):
        _fits(run, step, path, size)
    control = yield from _file_field(run, step)
    names = [PurePath(p).name for p in paths]
    if control.kind is not Kind.FILE:
        before = run.page
        acted = yield from act(Upload(control, paths[:1]))
        if acted.ok and not acted.value:
            control = yield from _file_field(run, step)  # the button has opened a panel with it
            run.opened_by[control.id] = label_of(step)
        else:  # it has taken the file; a second click might take it away again
            yield from _taken(run, Attached(step, paths[:1], control.id, run.form), acted, before)
            paths = paths[1:]
    if len(paths) > 1 and not _takes_several(control):
        for path in paths:
            yield from _give(run, (path,), step)
    elif paths:
        yield from _give(run, paths, step)
    run.value_note = f"{len(names)} file(s)"


def all_fit(run: Run) -> Walk[None]:
    """Before anything is typed: every document for which the SOP says a greatest size, but for what stands
    behind a condition."""
    present = run.step
    for section in planned(run.workflow, run.settings.mode):
        for step in _limited(section.steps):
            run.step = step
            paths = tuple(_path(d) for d in _documents(run, step))
            sizes = yield from measure(paths)
            for path, size in zip(paths, sizes, strict=True):
                _fits(run, step, path, size)
    run.step = present


def _limited(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        if step.action is Action.UPLOAD and step.max_bytes is not None:
            yield step
        if step.action is Action.REPEAT:
            yield from _limited(step.body)


def _documents(run: Run, step: Step) -> list[Mapping[str, Any]]:
    present = item_over(run, "documents")
    documents = [present.data] if present else items_of(run, "documents")
    if step.document_kind is None:
        return documents
    return [d for d in documents if plain(str(d.get("kind", "clinical notes"))) == plain(step.document_kind)]


def _path(document: Mapping[str, Any]) -> str:
    return str(look_up(document, "path") or document.get("code") or "")


def _fits(run: Run, step: Step, path: str, size: int) -> None:
    name = PurePath(path).name
    if size < 0:
        raise halt(run, HaltReason.DOCUMENT, f"the file {name}", "there is no such file")
    if size == 0:
        raise halt(run, HaltReason.DOCUMENT, f"the file {name} to hold something", "it is empty")
    if step.max_bytes is not None and size > step.max_bytes:
        limit, has = step.max_bytes / 1e6, size / 1e6
        raise halt(run, HaltReason.DOCUMENT, f"{name} to be at most {limit:.0f} MB", f"it has {has:.1f} MB")


def _takes_several(control: Control) -> bool:
    return "multiple" in control.options


def _file_field(run: Run, step: Step) -> Walk[Control]:
    """The file field: the labelled one, or the page's only one (portals hide it behind a button); else the
    button with the label."""
    page = yield from look(run)
    started = page.at
    while (control := _only_field(run, step, page) or _button(run, step, page)) is None:
        left = started + run.settings.patience.find - page.at
        if left <= 0:
            count = len([c for c in page.in_reach() if c.kind is Kind.FILE])
            reason = HaltReason.AMBIGUOUS if count else HaltReason.NOT_FOUND
            raise halt(run, reason, "one place to attach files", f"{count or 'no'} file fields")
        page = yield from look(run, after=page.version, within=left)
    return control


def _only_field(run: Run, step: Step, page: Page) -> Control | None:
    label = label_of(step)
    if label:
        found = locate(run, Wanted(label, step.action, section=step.section, beside=step.beside), page)
        if isinstance(found, Match):
            return found.control
    fields = [
        c
        for c in page.in_reach()
        if c.kind is Kind.FILE and c.enabled and (not label or run.opened_by.get(c.id, label) == label)
    ]
    if step.section:
        fields = [c for c in fields if under(c, step.section)]
    if step.beside:
        fields = beside(run, page, fields, step.beside)
    if len(fields) > 1 and label:  # a table of documents, with a field in each row
        fields = [c for _, row in rows_with(page, [(label,)]) for c in in_row(fields, row)]
    return fields[0] if len(fields) == 1 else None


def _button(run: Run, step: Step, page: Page) -> Control | None:
    """The one button with the label, which opens the browser's own chooser or a panel with the field."""
    wanted = Wanted(label_of(step), Action.CLICK, section=step.section, beside=step.beside)
    found = locate(run, wanted, page) if wanted.label else None
    return found.control if isinstance(found, Match) and found.control.enabled else None


def _give(run: Run, paths: tuple[str, ...], step: Step) -> Walk[None]:
    control = yield from _file_field(run, step)
    before = run.page
    acted = yield from act(Upload(control, paths))
    yield from _taken(run, Attached(step, paths, control.id, run.form), acted, before)


def _taken(run: Run, attached: Attached, acted: Acted, before: Page) -> Walk[None]:
    """The page names the files, and complains of none."""
    names = [PurePath(p).name for p in attached.paths]
    page = yield from look(run)
    started = page.at
    while (
        acted.ok
        and not complaint_after(page, before)
        and not all(_named(page, n) or n in acted.value for n in names)
    ):
        left = started + run.settings.patience.find - page.at
        if left <= 0:
            break
        page = yield from look(run, after=page.version, within=left)
    # A page that refuses a file names it, too.
    if words := complaint_after(page, before):
        raise halt(run, HaltReason.DOCUMENT, f"{', '.join(names)} to be attached", f'the page says "{words}"')
    missing = [n for n in names if not (_named(page, n) or n in acted.value)]
    if not acted.ok or missing:
        raise halt(
            run,
            HaltReason.DOCUMENT,
            f"{', '.join(names)} to be attached",
            acted.why or "the page doesn't name it",
        )
    run.attached.append(attached)


def attach_again(run: Run) -> Walk[None]:
    """Documents of the present form whose field the page has drawn anew, and that it names no more; the
    second loss is a halt. What has no field any more was taken."""
    for attached in [a for a in run.attached if a.form == run.form and a.field not in run.page.by_id]:
        names = [PurePath(p).name for p in attached.paths]
        if all(_named(run.page, n) for n in names) or _only_field(run, attached.step, run.page) is None:
            continue
        present, run.step = run.step, attached.step
        if attached.again:
            expected = f"{', '.join(names)} to stay attached"
            raise halt(run, HaltReason.DOCUMENT, expected, "the page has forgotten it twice")
        run.attached.remove(attached)
        try:
            yield from _give(run, attached.paths, attached.step)
        finally:
            run.step = present
        run.attached[-1].again = True


def _named(page: Page, name: str) -> bool:
    return name in page.text or any(c.kind is Kind.FILE and name in c.value for c in page.controls)
