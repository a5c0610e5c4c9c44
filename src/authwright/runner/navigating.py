"""Going to a page of the portal, and fetching a file from it."""

from authwright.core.run import HaltReason
from authwright.core.workflow import Action, Step
from authwright.runner.asks import Download, Walk, act
from authwright.runner.finding import find
from authwright.runner.looking import open_address
from authwright.runner.matcher import Wanted
from authwright.runner.pressing import clicked, press_control
from authwright.runner.state import Run, halt, label_of
from authwright.runner.wording import alike, squeezed


def navigate(run: Run, step: Step) -> Walk[None]:
    """NAVIGATE: an address, a page that the portal file names, or the portal's first page."""
    literal = step.value.literal if step.value else None
    label = label_of(step) or literal or ""
    url = literal if literal and literal.startswith(("http://", "https://")) else None
    if url is None:
        url = next((u for name, u in run.settings.pages.items() if alike(name, label)), None)
    if url is None and _is_first_page(label):
        url = run.settings.base_url
    if url is None:
        control = yield from find(run, step, Wanted(label, Action.CLICK))
        yield from press_control(run, step, control, Wanted(label, Action.CLICK))
        return
    yield from open_address(run, url)
    clicked(run)


_FIRST = frozenset(
    {"signin", "login", "form", "portal", "website", "site", "home", "homepage", "start", "logon"}
)


def _is_first_page(label: str) -> bool:
    said = squeezed(label.casefold().removeprefix("the ").replace("page", ""))
    return (
        not said or said in _FIRST or any(word in said for word in ("signin", "login", "portal", "website"))
    )


def download(run: Run, step: Step) -> Walk[None]:
    control = yield from find(run, step)
    acted = yield from act(Download(control.id, step.save_as or label_of(step)))
    if not acted.ok:
        raise halt(run, HaltReason.DOCUMENT, f"a file from {label_of(step)}", acted.why)
    if step.save_as:
        run.read[step.save_as] = acted.value
