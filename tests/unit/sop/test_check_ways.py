"""What the checks say of an SOP's ways is compared with every way that a run can take.

Made-up SOPs of conditions on the case, stops, readings and uses are walked for every case there is.
"""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.core.workflow import Action, ConditionKind
from authwright.sop import check_sop, compile_sop
from authwright.sop.checks.seen import walk as every_step

HEAD = "---\nid: a/b\npurpose: other\nportal: a\n---\n## Steps\n"
TYPES, AGES, URGENT = ("A", "B", "C"), (10, 20, 70), ("yes", "no")
CONDITIONS = [
    'the request type is "A"',
    'the request type is "B"',
    'the request type is "A" or "B"',
    'the request type is not "A"',
    "the patient is under 18",
    "the patient is over 65",
    "the request is urgent",
    "the request is urgent and the patient is under 18",
]
DO = ["Click Next.", "Read the fee.", "Enter the fee in Fee.", "Stop."]

PLAIN = st.sampled_from(DO)
NESTED = st.recursive(
    PLAIN,
    lambda inner: st.tuples(st.sampled_from(CONDITIONS), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=8,
)


def lines(items, depth=0):
    for item in items:
        indent = "   " * depth
        if isinstance(item, str):
            yield f"{indent}1. {item}"
        else:
            yield f"{indent}1. If {item[0]}:"
            yield from lines(item[1], depth + 1)


def holds(condition, case):
    value = case[condition.subject]
    told = [v.literal for v in condition.values]
    match condition.kind:
        case ConditionKind.EQUALS:
            one = str(value) in told
        case ConditionKind.LESS:
            one = value < int(told[0])
        case ConditionKind.MORE:
            one = value > int(told[0])
    one = one != condition.negated or any(holds(c, case) for c in condition.any_of)
    return one and all(holds(c, case) for c in condition.all_of)


def walk(steps, case, passed):
    """Whether the run goes on. `passed` gets (step, whether the fee had been read before)."""
    for step in steps:
        read = any(s.action is Action.READ for s, _ in passed)
        passed.append((step, read))
        if step.action is Action.STOP:
            return False
        if step.action is Action.CONDITION:
            branch = step.body if holds(step.condition, case) else step.otherwise
            if not walk(branch, case, passed):
                return False
    return True


def seen_in_runs(workflow):
    for kind, age, urgent in product(TYPES, AGES, URGENT):
        passed = []
        case = {"request.type": kind, "patient.age": age, "request.expedited": urgent}
        walk(workflow.sections[0].steps, case, passed)
        yield passed


@settings(max_examples=150, deadline=None)
@given(st.lists(NESTED, min_size=1, max_size=6))
def test_what_is_found_of_ways_is_true_of_every_run(items):
    text = HEAD + "\n".join(lines(items)) + "\n"
    workflow, wrong = compile_sop(text, "x")
    assert wrong == []
    found = check_sop(workflow, "x")
    runs = list(seen_in_runs(workflow))
    never = set(range(1, text.count("\n") + 1)) - {s.position.line for passed in runs for s, _ in passed}
    dead = {d.line for d in found if d.code == "SOP040"}
    bodies = {
        s.position.line: s.body[0].position.line for s in every_step(workflow.sections[0].steps) if s.body
    }
    assert all(line in never or bodies[line] in never for line in dead)

    unread = {
        s.position.line for passed in runs for s, read in passed if s.action is Action.FILL and not read
    }
    unsure = {d.line for d in found if d.code in ("SOP042", "SOP035")}
    assert unread <= unsure
    if text.count("Read the fee") == 1:  # several readings may cover the cases together
        assert unsure <= unread | never


def test_a_condition_within_itself_always_holds():
    """Whoever comes to the use has read before: the other way ends, though the end stands one deeper."""
    text = (
        'If the request type is not "A":\n   1. Read the fee.\n'
        '1. If the request type is "A":\n   1. If the request type is "A":\n      1. Stop.\n'
        "1. Enter the fee in Fee."
    )
    workflow, found = compile_sop(f"{HEAD}1. {text}\n", "a.md")
    assert found == [] and "SOP042" not in {d.code for d in check_sop(workflow, "a.md")}


def test_a_stop_before_the_reading_is_no_way_past_it():
    """Whoever comes to the use has read before, though the stop stands deeper than the use."""
    text = (
        '1. If the request type is "A":\n   1. If the request type is "A":\n'
        "      1. If the patient is under 18:\n         1. Stop.\n      1. Read the fee.\n"
        "   1. Enter the fee in Fee.\n"
    )
    workflow, found = compile_sop(HEAD + text, "a.md")
    assert found == [] and "SOP042" not in {d.code for d in check_sop(workflow, "a.md")}


def test_a_jump_before_the_reading_is_a_way_past_it():
    text = (
        '1. If the request type is "A":\n   1. If the patient is under 18, go to step 3.\n'
        "   1. Read the fee.\n"
        "2. Click Next.\n3. Enter the fee in Fee.\n"
    )
    workflow, found = compile_sop(HEAD + text, "a.md")
    assert found == [] and "SOP042" in {d.code for d in check_sop(workflow, "a.md")}
