"""A condition of a sentence, and what the words after it can refer back to."""

import re
from dataclasses import replace

from authwright.core.data_names import BY_PATH
from authwright.core.workflow import Condition, ConditionKind, SectionRole, Value
from authwright.sop import words as w
from authwright.sop.conditions import read_condition
from authwright.sop.context import Context
from authwright.sop.data_words import longest_name, path_of, reference
from authwright.sop.doubts import refuse_swallowed_act
from authwright.sop.errors import ReadingError
from authwright.sop.leads import only_order
from authwright.sop.tokens import Kind, Tokens, tokenise, words_of


def state_condition(words: Tokens, word: str, ctx: Context, at: int) -> Condition | None:
    """None when the words only tell the order ("when done")."""
    text = words_of(words)
    if not words:
        raise ReadingError("SOP016", at, f'"{word}" what?', "say the condition")
    if word in ("when", "once", "after", "as") and only_order(text):
        return None
    prefix = "unless" if word == "unless" else ""
    if re.fullmatch(r"(?:applicable|needed|necessary|required|desired|wanted|you (?:want|like|wish))", text):
        return Condition(ConditionKind.SAID, f"{word} {text}")
    if word == "should":
        words = tuple(
            replace(t, text=t.text + "s", low=t.low + "s")
            if t.low in ("say", "appear", "ask", "show", "be")
            else t
            for t in words
        )
    condition = read_condition(words, negated=word == "unless", prefix=prefix)
    if word in ("when", "once", "after", "as") and condition.kind is not ConditionKind.LOADED:
        if page_came(text) and ctx.role is not SectionRole.OTHERWISE:
            return None  # the next act's control is waited for anyway
        if text.startswith("you see that "):
            refuse_unseen(Condition(ConditionKind.SAID, text), words)
    if condition.kind is ConditionKind.SAID:
        condition = _with_what_it_means(words, word, prefix) or _found_again(words, ctx) or condition
    if condition.kind is ConditionKind.SAID:
        refuse_swallowed_act(words, words[0].start)
    settle(condition, ctx)
    if ctx.it is None and _SEVERAL.intersection(t.low for t in words):
        one = one_of_several(words)
        ctx.it = reference(f"the {one}", one) if one else None
    return condition


def one_of_several(words: Tokens) -> str:
    """ "If several claims match, select yours": this case's "claim"; "" when none is named."""
    nouns = [t.low.removesuffix("s") for t in words if t.kind is Kind.WORD]
    return next((x for x in reversed(nouns) if x in w.RECORDS | w.LISTED), "")


_PAGE_CAME = re.compile(
    r"(?:the|your) (?:[\w' -]+ )?(?:page|screen|window|form|summary|results?|list|details|dashboard|report|"
    r"record|chart|profile|table|panel|section|menu|calendar)"
    r" (?:opens?|displays?|loads?|appears?|comes? up|shows?(?: up)?|"
    r"(?:is|are) (?:displayed|shown|open|loaded))"
    r"(?: (?:at once|directly|right away|automatically|immediately|instead|next|then))?",
    re.IGNORECASE,
)


def page_came(text: str) -> bool:
    """ "The summary page opens": what comes next in any case, and no pop-up that may come or not."""
    return _PAGE_CAME.fullmatch(text) is not None


_TELLS = w.words_set("it there this that nothing the a an he she they")


def _with_what_it_means(words: Tokens, word: str, prefix: str) -> Condition | None:
    """ "The status is Expired, it is too late": the condition, and what it means for the reader."""
    for i in range(2, len(words)):
        comma = words[i].text == "," and words[i].kind is Kind.PUNCT
        if not comma and not (words[i].low in ("it", "there", "nothing") and words[i].kind is Kind.WORD):
            continue
        known = read_condition(words[:i], negated=word == "unless", prefix=prefix)
        if known.kind is not ConditionKind.SAID and _only_tells(words[i + comma :]):
            return known
    return None


def _only_tells(words: Tokens) -> bool:
    """Nothing in it is asked of the reader, and no other case begins."""
    low = [t.low if t.kind is Kind.WORD else t.text for t in words]
    while low and low[-1] in (",", "and", "so", "then"):
        low.pop()
    apart = {"if", "unless", "or", "and", ";", "you", "when", "until", ","}
    return bool(low) and not apart.intersection(low) and (low[0] in _TELLS or words[0].capital)


_FOUND_AGAIN = re.compile(
    r"(?:it|that|this|the (?:number|request|claim|case|row))(?: is|'s) (?:there|(?:in|on) the list|listed)",
    re.IGNORECASE,
)


def _found_again(words: Tokens, ctx: Context) -> Condition | None:
    """ "If it is there", after something was searched for."""
    text = words_of(words)
    value = ctx.last_fill.value if ctx.last_fill else None
    if value is None or not value.ref or not _FOUND_AGAIN.fullmatch(text):
        return None
    return Condition(ConditionKind.ROW, text, values=(value,))


def settle(condition: Condition, ctx: Context) -> None:
    """What the words after the condition can refer back to."""
    if condition.kind is ConditionKind.PRESENT and condition.subject:
        ctx.it = Value(ref=condition.subject, words=f"the {_said_of(condition)}")
    elif condition.kind in (ConditionKind.DIALOG, ConditionKind.ASKS_FOR):
        ctx.asked_for = condition.subject or ""
        path = path_of(re.sub(r"^(?:the|a|an|your) ", "", ctx.asked_for))
        if condition.kind is ConditionKind.ASKS_FOR:
            ctx.it = (
                reference(ctx.asked_for, ctx.asked_for)
                if path
                else Value(ref="credentials.verification_code", words="the code")
                if "code" in ctx.asked_for
                else None
            )
    elif condition.kind is ConditionKind.ROW:
        ctx.row = True
    elif condition.kind is ConditionKind.SAID:
        ctx.it = only_name(condition.words)


def _said_of(condition: Condition) -> str:
    """The words for what a condition asks for: the table's, or else the author's."""
    path = condition.subject or ""
    name = path.rpartition("[].")[2].replace("_", " ")
    return BY_PATH[path].words[0] if path in BY_PATH else name


_SEVERAL = w.words_set("several multiple many one two")
"""Before what there is more than one of: "more than one"."""


def only_name(words: str) -> Value | None:
    """The one name of data in a condition that only a person can decide."""
    tokens = tokenise(words) if words.count('"') % 2 == 0 else ()
    found: list[str] = []
    offered: list[str] = []
    i = 0
    while i < len(tokens):
        length = longest_name(tokens, i, len(tokens)) if i and tokens[i - 1].low in w.DETERMINERS else 0
        if length:
            found.append(" ".join(t.text for t in tokens[i : i + length]))
            offered += found[-1:] if tokens[i - 1].low in ("a", "an", "any") else []
        i += max(length, 1)
    found = offered or found
    return reference(f"the {found[0]}", found[0]) if len(found) == 1 else None


def refuse_rest(condition: Condition | None, words: Tokens) -> None:
    """ "Enter X, unless it is missing, in Y": more than the condition stands after it."""
    comma = next(
        (t for t in words if t.text in (",", "otherwise", "else") and t.kind is not Kind.QUOTED), None
    )
    if comma is not None and condition is not None and condition.kind is ConditionKind.SAID:
        raise ReadingError(
            "SOP012",
            comma.start,
            "what stands behind the condition has no place",
            "put the condition at the beginning or at the end",
        )


def refuse_unseen(condition: Condition, tokens: Tokens) -> None:
    """Waiting needs something that the page can show."""
    if condition.kind is ConditionKind.SAID:
        raise ReadingError(
            "SOP012",
            tokens[0].start,
            f'can\'t tell when "{condition.words}" is so',
            "say what the page shows then",
        )
