"""`authwright worker`: carries out what is due, until it is stopped."""

import signal
from datetime import timedelta
from types import FrameType
from typing import Annotated

import typer

from authwright.app.system import new_worker_id
from authwright.cli.practice import HERE, Folder, practice

app = typer.Typer(add_completion=False)


@app.command()
def worker(
    folder: Folder = HERE,
    until_idle: Annotated[bool, typer.Option(help="End when nothing is due, in line or under way.")] = False,
    tick: Annotated[float, typer.Option(help="Seconds between two looks at what is due.")] = 1.0,
    dead_after: Annotated[
        float, typer.Option(help="After how many silent seconds another worker's runs are taken over.")
    ] = 30.0,
) -> None:
    """Send what is ready, look up what is due, take over from workers that have died."""
    from authwright.engine.worker import Pace, Worker

    pace = Pace(timedelta(seconds=tick), timedelta(seconds=dead_after))
    with practice(folder) as opened:
        services = opened.services(new_worker_id())
        made = Worker(services, opened.settings.engine_database_url, opened.keyring, pace=pace)

        def stop(_signal: int, _frame: FrameType | None) -> None:
            made.stop.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        print(f"{services.worker} is at work", flush=True)
        try:
            made.run(until_idle=until_idle)
        finally:
            made.close()
