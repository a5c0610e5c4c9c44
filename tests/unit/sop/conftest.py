"""Helpers: compile sentences under a minimal front matter and show steps briefly."""

from typing import Any

import pytest

from authwright.core.workflow import Step
from authwright.sop import compile_sop, explain_json

HEAD = "---\nid: test/sop\npurpose: {purpose}\nportal: test\neffective: 2026-10-01\n---\n# Test\n\n"


class Compiler:
    def text(self, body: str, purpose: str = "other") -> str:
        return HEAD.format(purpose=purpose) + body

    def file(self, body: str, purpose: str = "other"):
        return compile_sop(self.text(body, purpose), "test.md")

    def steps(self, *sentences: str, section: str = "Steps") -> tuple[Step, ...]:
        """The steps of numbered items; fails when there is an error."""
        workflow, found = self.file(f"## {section}\n" + "".join(f"1. {s}\n" for s in sentences))
        assert found == [], [d.message for d in found]
        assert workflow is not None
        return workflow.sections[0].steps

    def flat(self, *sentences: str) -> list[dict[str, Any]]:
        workflow, found = self.file("## Steps\n" + "".join(f"1. {s}\n" for s in sentences))
        assert found == [], [d.message for d in found]
        return explain_json(workflow, found)["steps"]

    def errors(self, *sentences: str) -> list[str]:
        _, found = self.file("## Steps\n" + "".join(f"1. {s}\n" for s in sentences))
        return [d.code for d in found]


@pytest.fixture
def sop() -> Compiler:
    return Compiler()
