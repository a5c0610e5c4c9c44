"""Compiled workflows are what the published JSON Schema says."""

import json
from pathlib import Path

import pytest

from authwright.core.workflow import Step, from_json, to_json
from authwright.sop import compile_sop

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs/reference/workflow.schema.json").read_text())
SOPS = sorted(ROOT.glob("library/*/sops/*.md"))
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def faults(value, schema, path="$"):
    """Where a value is not as the schema says: as much of JSON Schema as ours uses."""
    if "$ref" in schema:
        return faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], path)
    if "anyOf" in schema:
        tried = [faults(value, s, path) for s in schema["anyOf"]]
        return [] if any(not t for t in tried) else tried[0]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{path}: {value!r}"]
    if not isinstance(value, TYPES[schema["type"]]):
        return [f"{path} is no {schema['type']}"]
    found = []
    if isinstance(value, dict):
        known = schema["properties"]
        found += [f"{path} lacks {name}" for name in schema.get("required", ()) if name not in value]
        found += [f"{path}.{name} is not in the schema" for name in value if name not in known]
        for name in value.keys() & known.keys():
            found += faults(value[name], known[name], f"{path}.{name}")
    if isinstance(value, list):
        for n, item in enumerate(value):
            found += faults(item, schema["items"], f"{path}[{n}]")
    return found


@pytest.mark.parametrize("file", SOPS, ids=[f"{f.parent.parent.name}/{f.stem}" for f in SOPS])
def test_the_librarys_sops_are_compiled_to_it_and_read_back(file):
    workflow, _ = compile_sop(file.read_text(), file.name)
    written = to_json(workflow)
    assert faults(json.loads(written), SCHEMA) == []
    assert from_json(written) == workflow


def test_the_schema_refuses_what_is_no_workflow():
    workflow, _ = compile_sop(SOPS[0].read_text(), "x.md")
    good = json.loads(to_json(workflow))
    step = good["sections"][0]["steps"][0]
    step["action"], step["surprise"] = "dance", 1
    del good["id"]
    assert {f.replace("$.sections[0].steps[0]", "step") for f in faults(good, SCHEMA)} == {
        "$ lacks id", "step.surprise is not in the schema", "step.action: 'dance'",
    }  # fmt: skip


def test_every_field_of_a_step_is_published():
    assert set(SCHEMA["$defs"]["Step"]["properties"]) == set(Step.__slots__)
