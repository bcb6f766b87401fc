"""Each request has an id (in its answer, on its error page, in every line of the log that it causes) and a line."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tanzhi.actions.log_context import log_context
from tanzhi.organisations.people.model import Person

from . import counters
from .logs import ACCESS, route_of

Handler = Callable[[HttpRequest], HttpResponseBase]

HEADER = "X-Request-ID"
ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)

log = logging.getLogger(ACCESS)


class RequestLogMiddleware:
    """Stands behind `ProxyMiddleware`, so that an id in a header can only be one that a trusted server gave."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        brought = request.headers.get(HEADER, "")
        request_id = brought if ID.fullmatch(brought) else secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]  # for the error page
        begun = time.monotonic()
        with log_context(request=request_id):
            response = self.get_response(request)
            seconds = time.monotonic() - begun
            response.headers[HEADER] = request_id
            counters.count(response.status_code, seconds)
            fields = {"method": request.method, "route": route_of(request), "status": response.status_code}
            fields |= {
                "ms": round(seconds * 1000),
                "bytes": len(response.content)
                if isinstance(response, HttpResponse)
                else response.headers.get("Content-Length", "-"),
            }
            # Whoever is signed in, if the page had to know; a line of the log asks no database.
            somebody = request.__dict__.get("_cached_user", request.__dict__.get("user"))
            if type(somebody) is Person:
                fields["person"] = somebody.pk
            log.info("request", extra={"fields": fields})
        return response
