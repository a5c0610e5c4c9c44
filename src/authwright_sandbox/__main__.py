"""`python -m authwright_sandbox`: serve the practice portals and say where, as one line of JSON."""

import argparse
import asyncio
import json
from pathlib import Path

from authwright_sandbox.app import create_app
from authwright_sandbox.mail import Deliver, into_folder, into_mailbox
from authwright_sandbox.portals import OWN_ORIGIN, PORTALS, PROFILES, Settings
from authwright_sandbox.serving import listen, serve


def main() -> None:
    parser = argparse.ArgumentParser("authwright_sandbox", description="Payer portals to practise on.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="none")
    parser.add_argument("--settle-seconds", type=float, default=2.0, help="how far the dashboard lags")
    parser.add_argument("--seed", type=int, default=7, help="of the jitter of the profile")
    parser.add_argument("--log", type=Path, help="append events as JSON lines")
    parser.add_argument("--state", type=Path, help="keep requests in this file over a restart")
    parser.add_argument("--mail", type=Path, help="put each email that is sent into this folder (.eml)")
    parser.add_argument(
        "--mailbox", help="put each email into a mailbox: imap://USER:PASSWORD@HOST:PORT/INBOX"
    )
    options = parser.parse_args()

    listeners = {"": listen(options.host, options.port)}
    listeners |= {name: listen(options.host, 0) for name in OWN_ORIGIN}
    urls = {name: f"http://{options.host}:{each.getsockname()[1]}" for name, each in listeners.items()}
    url = urls.pop("")
    settings = Settings(
        options.profile,
        options.settle_seconds,
        options.seed,
        options.log,
        options.state,
        urls,
        _deliver(options.mail, options.mailbox),
    )
    portals = {name: f"{urls.get(name, url)}/{name}/" for name in PORTALS}
    where = {"url": url, "portals": portals, "control": f"{url}/control/"}
    told = json.dumps(where)
    asyncio.run(serve(create_app(settings), list(listeners.values()), lambda: print(told, flush=True)))


def _deliver(folder: Path | None, mailbox: str | None) -> Deliver:
    if mailbox:
        return into_mailbox(mailbox)
    return into_folder(folder) if folder else lambda mail: None


if __name__ == "__main__":
    main()
