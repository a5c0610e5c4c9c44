"""Serves the sandbox on sockets of this machine."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from authwright_sandbox.faults import TRANSPORT


class CuttableProtocol(H11Protocol):
    """Hands its transport to the application, so that a fault can cut the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        inner = cast(ASGIApp, self.app)

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            await inner({**scope, TRANSPORT: transport}, receive, send)

        self.app = cast(Any, with_transport)


def listen(host: str, port: int) -> socket.socket:
    """A bound, listening socket; port 0 takes a free one."""
    listener = socket.create_server((host, port))
    listener.setblocking(False)
    return listener


async def serve(app: ASGIApp, listeners: Sequence[socket.socket], on_ready: Callable[[], None]) -> None:
    """Runs until SIGINT or SIGTERM; held requests are dropped at the end."""
    config = uvicorn.Config(
        app,
        http=CuttableProtocol,
        lifespan="off",
        log_level="warning",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=60,
    )
    server = uvicorn.Server(config)
    on_ready()
    await server.serve(sockets=list(listeners))
