"""`python -m authwright_sandbox`: serve the practice portals and say where, as one line of JSON."""

import argparse
import asyncio
import json
from pathlib import Path

from authwright_sandbox.app import create_app
from authwright_sandbox.portals import PORTALS, PROFILES, Settings
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
    options = parser.parse_args()

    settings = Settings(options.profile, options.settle_seconds, options.seed, options.log, options.state)
    listener = listen(options.host, options.port)
    url = f"http://{options.host}:{listener.getsockname()[1]}"
    portals = {name: f"{url}/{name}/" for name in PORTALS}
    where = {"url": url, "portals": portals, "control": f"{url}/control/"}
    asyncio.run(serve(create_app(settings), listener, lambda: print(json.dumps(where), flush=True)))


if __name__ == "__main__":
    main()
