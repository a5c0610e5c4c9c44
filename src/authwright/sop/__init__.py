"""The SOP compiler: English instructions to a checked workflow. The English is the program.

Layers, one module each: `text` (characters with positions), `front_matter`, `structure` (headings,
steps, sub-steps), `tokens` (words and sentences), `compiler`, `checks`. A sentence goes through `wording`
(roundabout phrases put plainly, two tables), `openings` (conditions, questions, order before the act) and
`places`, is cut by `clauses` and `cutting` at its verbs (`words`: the vocabulary, as tables), and each
clause becomes steps in `actions` (one function a verb class: `clicks`, `entries`, `choices`, `readings`,
`looking`) out of `items` and their `operands` (`edges`: where they end; `relatives`: descriptions).
Of a document, `body` reads the items of a section, `forms` lists what a sentence can be before it is an
instruction of its own, `doubts` what is refused before that, `endings` where a way through it ends.
`accounting` refuses what no step holds; `playback`, `account`, `explain`, `page` and `diff` say back
what was understood. No language model, no guess: what has two readings is an error.
"""

from authwright.sop.account import account_of
from authwright.sop.checks import Surroundings, check_sop, uses_others
from authwright.sop.compiler import compile_sop
from authwright.sop.diff import diff, diff_text
from authwright.sop.explain import explain_json, explain_text

__all__ = [
    "Surroundings",
    "account_of",
    "check_sop",
    "compile_sop",
    "diff",
    "diff_text",
    "explain_json",
    "explain_text",
    "uses_others",
]
