"""`authwright worklist`: what waits for a person."""

import json
from typing import Annotated

import typer

from authwright.app.views import waiting
from authwright.cli.practice import HERE, Folder, Json, actor, practice, refuse
from authwright.store.transaction import StoreError

app = typer.Typer(add_completion=False, no_args_is_help=True, help="What waits for a person, and why.")


@app.command("list")
def list_(folder: Folder = HERE, as_json: Json = False) -> None:
    """Everything that waits, the most urgent first."""
    with (
        practice(folder) as opened,
        opened.store.practice(opened.settings.practice_id, read_only=True) as session,
    ):
        items = waiting(session)
    if as_json:
        rows = [
            {
                "id": w.item.id,
                "kind": w.item.kind,
                "case": w.item.case_id,
                "order": w.order,
                "why": w.item.why,
            }
            for w in items
        ]
        print(json.dumps({"worklist": rows}, indent=1))
        return
    from authwright.cli.tables import table

    shown = [(w.order, w.patient, w.item.kind.replace("-", " "), w.item.why, w.item.id) for w in items]
    table(("Order", "Patient", "Kind", "Why", "Item"), shown)


@app.command()
def done(
    item: Annotated[str, typer.Argument(help="The item's id.")],
    resolution: Annotated[str, typer.Argument(help="What was done, in words.")],
    folder: Folder = HERE,
) -> None:
    """Mark an item done, and say what was done."""
    if not resolution.strip():
        refuse("say in a few words what was done")
    with practice(folder) as opened, opened.store.practice(opened.settings.practice_id) as session:
        try:
            session.worklist.finish(item, resolution, actor=actor(), at=opened.clock.now())
        except KeyError:
            refuse(f"the worklist has no item {item}")
        except StoreError as error:
            refuse(str(error))
    print("Done.")
