"""Pages for whoever is signed in, and what the pages of every portal do alike."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from authwright_sandbox.sessions import Session

Handle = Callable[[Any, Request, Session], Awaitable[Response]]
Endpoint = Callable[[Any, Request], Awaitable[Response]]


def go(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


async def text_fields(request: Request) -> dict[str, str]:
    """What a form sent, without its files."""
    return {key: value for key, value in (await request.form()).items() if isinstance(value, str)}


def guarded(admit: Callable[[Any, Request], Session | Response]) -> Callable[[Handle], Endpoint]:
    """Wraps a page: `admit` gives whose session it is, or what somebody else sees instead."""

    def guard(handle: Handle) -> Endpoint:
        async def endpoint(self: Any, request: Request) -> Response:
            admitted = admit(self, request)
            if isinstance(admitted, Response):
                return admitted
            return await handle(self, request, admitted)

        return endpoint

    return guard
