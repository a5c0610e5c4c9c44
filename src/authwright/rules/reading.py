"""Text of a rules, payer or portal file -> typed values and diagnostics."""

from dataclasses import fields, replace

from authwright.core.diagnostics import Diagnostic, did_you_mean, has_errors
from authwright.core.requirement import Outcome
from authwright.rules import vocabulary
from authwright.rules.entry import Entry, Example
from authwright.rules.nodes import Listing, Node, Scalar, Table, kind_of, read_nodes
from authwright.rules.payer import Payer
from authwright.rules.portal import Automation, PortalFile
from authwright.rules.shapes import Log, build


def read_rules(
    text: str, file: str, payer: str = "", *, overlay: bool = False
) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """The entries of a rules file, in its order."""
    root, found = read_nodes(text, file)
    log = Log(file)
    log.diagnostics += found
    if root is None:
        return (), log.diagnostics
    if not isinstance(root, Listing):
        log.error(
            root,
            "RUL005",
            f"a rules file is a list of entries, not {kind_of(root)}",
            "begin with `- rule: ...`",
        )
        return (), log.diagnostics
    entries = (_read_entry(item, log) for item in root.items)
    named = (replace(e, payer=payer, overlay=overlay, file=file) for e in entries if e is not None)
    return tuple(named), log.diagnostics


def _read_entry(node: Node, log: Log) -> Entry | None:
    examples: tuple[Example, ...] = ()
    if isinstance(node, Table) and "examples" in node.entries:
        examples = _read_examples(node.entries["examples"], log)
        rest = {k: v for k, v in node.entries.items() if k != "examples"}
        keys = {k: v for k, v in node.keys.items() if k != "examples"}
        node = Table(rest, node.line, node.column, {**keys})
    said_before = len(log.diagnostics)
    entry = build(Entry, node, log, "an entry")
    if entry is None or not isinstance(node, Table):
        return None
    _check_entry(entry, node, log)
    marks = {key: (value.line, value.column) for key, value in node.entries.items()}
    return replace(
        entry,
        examples=examples,
        broken=has_errors(log.diagnostics[said_before:]),
        marks={**marks, "": (node.line, node.column)},
    )


def _check_entry(entry: Entry, node: Table, log: Log) -> None:
    kinds = [key for key in ("codes", "withdraws", "complete") if key in node.entries]
    if len(kinds) != 1:
        found = "none of them" if not kinds else " and ".join(kinds)
        log.error(node, "RUL013", f"an entry has one of codes, withdraws and complete; this has {found}")
        return
    needs_process = entry.outcome not in (Outcome.NOT_REQUIRED, Outcome.CONDITIONAL, Outcome.EXEMPT)
    if entry.codes and needs_process and not entry.requires:
        log.error(
            node, "RUL006", "an entry has no `requires`", "name the process of payer.yaml that it needs"
        )
    if entry.outcome is Outcome.UNKNOWN:
        log.error(
            node.entries["outcome"],
            "RUL014",
            "an entry can't answer unknown",
            "leave it out: unknown is the default",
        )
    if entry.outcome is Outcome.CONDITIONAL and not entry.question:
        log.error(node, "RUL006", "a conditional entry has no `question`", "write the question to ask")
    if kinds[0] != "codes" and any(key in node.entries for key in ("requires", "outcome")):
        log.error(node, "RUL013", f"an entry with `{kinds[0]}` answers not-required and nothing else")
    if entry.complete and not any(c.says for c in entry.source):
        log.error(
            node.entries["complete"],
            "RUL015",
            "a complete list needs a source that says so itself",
            "quote its words in `says:` of the source, or leave `complete` out: absence then answers unknown",
        )
    if entry.until and entry.start.day and entry.until < entry.start.day:
        log.error(
            node.entries["until"],
            "RUL016",
            f"ends on {entry.until}, before it starts on {entry.start.day}",
            "exchange or correct the two days",
        )
    if entry.start.day is None and not any(c.period or c.read_on for c in entry.source) and entry.source:
        log.error(
            node.keys.get("from", Scalar("", node.line, node.column)),
            "RUL017",
            "`from: unknown` needs a source with `period`, `retrieved` or a full `published` date",
            "without one nobody can say on which days the entry holds",
        )


def _read_examples(node: Node, log: Log) -> tuple[Example, ...]:
    """A list of `title: {question ..., expect: {...}}`."""
    examples = []
    for item in node.items if isinstance(node, Listing) else [node]:
        if not isinstance(item, Table):
            log.error(item, "RUL005", f"an example is `what it shows: {{...}}`, not {kind_of(item)}")
            continue
        for title, child in item.entries.items():
            at = item.keys[title]
            example = build(Example, child, log, "an example")
            if example and not (example.date or example.request_date):
                log.error(child, "RUL006", "an example has no `date`", "add `date:` or `request_date:`")
            elif example:
                examples.append(replace(example, title=title, line=at.line, column=at.column))
    return tuple(examples)


def read_payer(text: str, file: str) -> tuple[Payer | None, frozenset[str], list[Diagnostic]]:
    """The payer, the names of the fields that the file gives (an overlay gives some), diagnostics."""
    root, found = read_nodes(text, file)
    log = Log(file)
    log.diagnostics += found
    if root is None:
        return None, frozenset(), log.diagnostics
    payer = build(Payer, root, log, "a payer file")
    if payer is None or not isinstance(root, Table):
        return None, frozenset(), log.diagnostics
    given = frozenset(f.name for f in fields(Payer) if f.name in root.entries)
    return _check_payer(payer, root, log), given, log.diagnostics


def _check_payer(payer: Payer, root: Table, log: Log) -> Payer:
    """References inside of the file, and words of the shared vocabulary."""
    for key in (
        "plans",
        "processes",
        "channels",
        "reviewers",
        "code_groups",
        "claim_rules",
        "exemptions",
        "criteria",
    ):
        _check_ids(root.entries.get(key), key, log)
    for node in _tables(root.entries.get("plans")):
        for key, read in (("line_of_business", vocabulary.line_of_business), ("funding", vocabulary.funding)):
            child = node.entries.get(key)
            if isinstance(child, Scalar) and child.text and not read(child.text):
                words = vocabulary.LINES_OF_BUSINESS if key == "line_of_business" else vocabulary.FUNDING
                _unknown(child, key.replace("_", " "), words, log)
    marks: dict[str, tuple[str, int, int]] = {}
    _mark_texts(root, log.file, marks)
    plans = tuple(
        replace(
            p,
            line_of_business=vocabulary.line_of_business(p.line_of_business),
            funding=vocabulary.funding(p.funding),
        )
        for p in payer.plans
    )
    return replace(payer, plans=plans, marks=marks)


def _mark_texts(node: Node, file: str, marks: dict[str, tuple[str, int, int]]) -> None:
    """Where each text stands first, for findings that show later."""
    if isinstance(node, Scalar):
        marks.setdefault(node.text, (file, node.line, node.column))
    else:
        for child in node.items if isinstance(node, Listing) else node.entries.values():
            _mark_texts(child, file, marks)


def _check_ids(node: Node | None, key: str, log: Log) -> None:
    seen: dict[str, int] = {}
    for table in _tables(node):
        at = table.entries.get("id")
        if isinstance(at, Scalar):
            if at.text in seen:
                log.error(
                    at, "RUL018", f"{at.text!r} stands in `{key}` again (first on line {seen[at.text]})"
                )
            seen.setdefault(at.text, at.line)


def _tables(node: Node | None) -> list[Table]:
    return [item for item in node.items if isinstance(item, Table)] if isinstance(node, Listing) else []


def _unknown(at: Scalar, what: str, words: tuple[str, ...], log: Log) -> None:
    near = did_you_mean(at.text, words)
    log.error(
        at, "RUL009", f"{at.text!r} is no {what}", "" if near else "it is one of " + ", ".join(words), near
    )


def read_portal(text: str, file: str) -> tuple[PortalFile | None, list[Diagnostic]]:
    root, found = read_nodes(text, file)
    log = Log(file)
    log.diagnostics += found
    portal = build(PortalFile, root, log, "a portal file") if root is not None else None
    if portal and isinstance(root, Table):
        _check_portal(portal, root, log)
    return portal, log.diagnostics


def _check_portal(portal: PortalFile, root: Table, log: Log) -> None:
    if portal.automation is not Automation.ASK and portal.automation_source is None:
        log.error(
            root.entries["automation"],
            "RUL019",
            f"automation is {portal.automation} without a source",
            "add `automation_source:` with the address of the terms, or write `ask`",
        )
    for own in portal.no_decision:
        if portal.status(own):
            log.error(
                root.entries["no_decision"],
                "RUL020",
                f"{own!r} stands under statuses and under no_decision",
                "keep it in one of them",
            )
