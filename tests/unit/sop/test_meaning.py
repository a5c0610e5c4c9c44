"""How an SOP is written down never changes what it means; what it says does."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.sop import account_of, check_sop, compile_sop, explain_json, explain_text

HUB = Path(__file__).parents[3] / "library/hub/sops"
TEXT = (HUB / "submit-outpatient.md").read_text()


def meaning(text):
    workflow, found = compile_sop(text, "x.md")
    assert found == []
    return workflow.meaning_hash


def renumbered(text, style):
    out = []
    for line in text.split("\n"):
        bare = line.lstrip(" ")
        number, dot, rest = bare.partition(". ")
        if dot and number.isdigit():
            line = line[: len(line) - len(bare)] + style.replace("N", number) + " " + rest
        out.append(line)
    return "\n".join(out)


def respaced(text, space):
    """The first space inside each numbered line as another kind of space."""
    out = []
    for line in text.split("\n"):
        bare = line.lstrip(" ")
        indent = line[: len(line) - len(bare)]
        out.append(indent + bare.replace(" ", space, 1) if bare[:1].isdigit() else line)
    return "\n".join(out)


STYLES = st.sampled_from(["N.", "N)", "(N)", "-", "*", "1."])
QUOTES = st.sampled_from([('"', '"'), ("\u201c", "\u201d"), ("\u201e", "\u201c"), ("\u00ab", "\u00bb")])
SPACES = st.sampled_from([" ", "  ", "\u00a0", "\u202f", "\t"])
LINES = st.sampled_from(["\n", "\r\n", "\r"])


@settings(max_examples=40, deadline=None)
@given(STYLES, QUOTES, SPACES, LINES, st.integers(0, 3))
def test_style_never_changes_the_meaning(style, quotes, space, line_end, blank):
    text = respaced(renumbered(TEXT, style), space)
    parts = text.split('"')
    text = "".join(p + (quotes[i % 2] if i < len(parts) - 1 else "") for i, p in enumerate(parts))
    text = text.replace("\n## ", "\n" * (blank + 1) + "## ").replace("\n", line_end)
    assert meaning(text) == meaning(TEXT)


def test_other_words_for_the_same_keep_the_meaning():
    other = TEXT.replace("Click Next.", "Press the Next button, please.").replace(
        "Enter the units in Quantity.", "Key the number of units into the Quantity field."
    )
    assert other != TEXT
    one, _ = compile_sop(TEXT, "x.md")
    two, found = compile_sop(other, "x.md")
    assert found == []
    assert two.source_hash != one.source_hash
    kinds = [s for s in two.sections[1].steps if s.target == "Next"]
    assert len(kinds) == 4


def test_another_label_or_once_changes_the_meaning():
    assert meaning(TEXT.replace("in Quantity", "in Units")) != meaning(TEXT)
    assert meaning(TEXT.replace("Click Submit once", "Click Submit")) != meaning(TEXT)


WORDS = """click enter select the each "X" "" Next Member ID it in under of if unless when then and or
    , ; : ( ) . once until for service line wait read as that starts with should you otherwise # - 1. >
    & ' ** <!-- -->"""
SENTENCE_PIECES = st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(SENTENCE_PIECES, st.text(max_size=200)))
def test_no_text_makes_the_compiler_fail(text):
    for whole in (text, f"---\nid: a\npurpose: submit\nportal: b\n---\n## Steps\n1. {text}\n"):
        workflow, found = compile_sop(whole, "x.md")
        lines = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for diagnostic in found:
            assert 0 <= diagnostic.line <= len(lines) and diagnostic.message
        if workflow:
            check_sop(workflow, "x.md")
            assert explain_json(workflow, found)["diagnostics"] == [d.as_json() for d in found]
            assert explain_text(account_of(workflow, lines, found))


@settings(max_examples=100, deadline=None)
@given(SENTENCE_PIECES)
def test_a_sentence_that_is_written_is_answered(piece):
    """Each item gives a step or an error; nothing is passed over in silence."""
    words = piece.replace("#", "").replace("<!--", "").replace("-->", "").strip(" .,;:()")
    if not words:
        return
    text = f"---\nid: a\npurpose: other\nportal: b\n---\n## Steps\n1. Go: {words}\n"
    workflow, found = compile_sop(text, "x.md")
    assert found or any(s.steps for s in workflow.sections)


def test_deep_lists_and_endless_sentences_are_answered():
    head = "---\nid: a\npurpose: other\nportal: b\n---\n## Steps\n"
    deep = "".join(" " * n + "- Click Next.\n" for n in range(3000))
    assert compile_sop(head + deep, "x.md")[1] == []
    endless = "1. " + "if it is so, and " * 3000 + "click Next.\n"
    assert compile_sop(head + endless, "x.md")[0] is not None
