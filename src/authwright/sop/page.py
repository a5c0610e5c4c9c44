"""The account of an SOP as one HTML page: sentence left, meaning right. It needs nothing from outside."""

from collections.abc import Sequence
from html import escape

from authwright.core.diagnostics import Diagnostic, Severity, excerpt
from authwright.core.workflow import Action, SectionRole
from authwright.sop.account import ROLE_WORDS, Account, Meaning, Part, Row
from authwright.sop.explain import MARK_WORDS, sent_words

_STYLE = """
:root { --ink:#1b2430; --soft:#5b6775; --line:#dde3ea; --back:#f4f6f9; --bad:#a3241c; --badb:#fbe7e5;
  --warn:#8a5a00; --warnb:#fcf1d9; --calm:#1f4f8f; --calmb:#e4eefb; --good:#17693f; --goodb:#e2f3e9 }
* { box-sizing:border-box }
body { margin:0; background:var(--back); color:var(--ink);
  font:15px/1.5 system-ui, "Liberation Sans", sans-serif }
main { max-width:1180px; margin:0 auto; padding:32px 24px 64px }
h1 { font-size:26px; margin:0 0 4px } h2 { font-size:19px; margin:36px 0 2px }
p { margin:0 } .soft { color:var(--soft) } .end { margin:16px 0 0; padding:10px 16px; border-radius:6px }
.sent { background:var(--badb); border-left:4px solid var(--bad); color:var(--bad); font-weight:600 }
.unsent { background:var(--goodb); border-left:4px solid var(--good); color:var(--good); font-weight:600 }
table { border-collapse:collapse; width:100%; margin:10px 0 0; background:#fff; border:1px solid var(--line);
  table-layout:fixed }
th, td { text-align:left; vertical-align:top; padding:8px 14px; border-bottom:1px solid var(--line) }
th { font-size:13px; color:var(--soft); background:#fafbfc } td { overflow-wrap:anywhere }
.n { width:52px; color:var(--soft); text-align:right; font-variant-numeric:tabular-nums }
th.said { width:42% } ul { list-style:none; margin:0; padding:0 } li { padding:1px 0 }
li.if, li.loop { color:var(--calm) } li.note { color:var(--soft) }
li.mark { background:var(--badb); color:var(--bad); border-left:4px solid var(--bad); padding:4px 10px }
li.mark b { display:block; font-size:12.5px; letter-spacing:.03em }
.in { border-left:3px solid var(--calmb) }
.finding { margin:6px 0 0; padding:8px 12px; border-left:4px solid var(--bad); background:var(--badb) }
.finding.warning, .finding.note { border-color:#d9a227; background:var(--warnb) }
.finding pre { margin:4px 0; overflow-x:auto; font:13px/1.35 ui-monospace, "Liberation Mono", monospace }
dl { margin:10px 0 0; display:grid; grid-template-columns:max-content 1fr; gap:2px 16px } dd { margin:0 }
@media (max-width:700px) { th.said { width:50% } .n { width:40px } th, td { padding:6px 8px } }
@media print { body { background:#fff } main { max-width:none; padding:0 } tr { break-inside:avoid }
  h2 { break-after:avoid } * { print-color-adjust:exact; -webkit-print-color-adjust:exact } }
"""


def explain_page(account: Account, lines: Sequence[str]) -> str:
    """The whole page. `lines` are the SOP's own, for the excerpts of findings."""
    title = escape(account.title)
    facts = " · ".join(map(escape, account.facts))
    body = [
        f'<h1>{title}</h1><p class="soft">{facts}</p>',
        _sent(account),
        *(_finding(d, lines) for d in account.findings),
        *(_part(part, lines) for part in account.parts),
        _facts(account),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}: what it means</title><style>{_STYLE}</style></head>\n"
        "<body><main>\n" + "\n".join(body) + "\n</main></body></html>\n"
    )


def _sent(account: Account) -> str:
    kind = "sent" if account.marks or account.unsaid or account.unread else "unsent"
    return f'<div class="end {kind}">' + "<br>".join(map(escape, sent_words(account))) + "</div>"


def _part(part: Part, lines: Sequence[str]) -> str:
    head = f"<h2>{escape(part.title or 'Before the first section')}</h2>"
    role = f'<p class="soft">{escape(ROLE_WORDS[part.role])}</p>'
    rows = "\n".join(_row(row, part.role, lines) for row in part.rows)
    if not rows:
        return head + role
    columns = '<tr><th class="n">line</th><th class="said">The SOP says</th><th>What will be done</th></tr>'
    return f"{head}{role}<table>{columns}\n{rows}\n</table>"


def _row(row: Row, role: SectionRole, lines: Sequence[str]) -> str:
    indent = f' class="in" style="padding-left:{14 + 26 * row.depth}px"' if row.depth else ""
    done = "".join(_meaning(m) for m in row.meanings) if role is not SectionRole.BEFORE else ""
    if role is SectionRole.BEFORE and row.meanings:
        done = '<li class="note">Nothing is done</li>'
    findings = "".join(_finding(d, lines) for d in row.findings)
    cells = f'<td class="n">{row.line}</td><td{indent}>{escape(row.words)}</td>'
    return f"<tr>{cells}<td{indent}>{f'<ul>{done}</ul>' if done else ''}{findings}</td></tr>"


_CLASSES = {Action.CONDITION: "if", Action.REPEAT: "loop", Action.NOTE: "note"}


def _meaning(meaning: Meaning) -> str:
    kind = "mark" if meaning.mark else _CLASSES.get(meaning.action, "")
    colon = ":" if kind in ("if", "loop") else ""
    mark = f"<b>{MARK_WORDS}</b>" if meaning.mark else ""
    margin = f' style="margin-left:{22 * meaning.depth}px"' if meaning.depth else ""
    return f'<li class="{kind}"{margin}>{mark}{escape(meaning.text)}{colon}</li>'


def _finding(found: Diagnostic, lines: Sequence[str]) -> str:
    kind = "" if found.severity is Severity.ERROR else f" {found.severity}"
    parts = [f"<b>{escape(found.severity)} {escape(found.code)}</b>: {escape(found.message)}"]
    if 0 < found.line <= len(lines):
        source, caret = excerpt(lines[found.line - 1], max(found.column, 1))
        parts.append(f"<pre>{escape(source)}\n{caret}</pre>")
    if found.hint:
        parts.append(f"<p>Hint: {escape(found.hint)}</p>")
    if found.suggestions:
        parts.append(f"<p>Did you mean: {escape(', '.join(found.suggestions))}</p>")
    return f'<div class="finding{kind}">{"".join(parts)}</div>'


def _facts(account: Account) -> str:
    needs = "; ".join(account.needs) or "nothing"
    return (
        f"<h2>Needs</h2><p>{escape(needs)}</p>"
        f'<p class="soft" style="margin-top:12px">Meaning {escape(account.meaning[:12])}: an approval '
        "holds for this meaning, whatever the wording.</p>"
    )
