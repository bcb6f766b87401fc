"""Whatever goes wrong in the API is told in one shape: code, message in both languages, findings, request number."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from tanzhi.rulebook.kernel.text import Text

from .unavailable import LACKS

API = "/api/"
ERRORS = {
    400: ("API-REQUEST", Text("请求无法读取", "the request cannot be read")),
    401: ("API-SIGN-IN", Text("请先登录，或附有效令牌", "sign in, or send a valid token")),
    403: ("API-FORBIDDEN", Text("不允许该请求", "the request is not permitted")),
    404: ("API-NOT-FOUND", Text("没有这个地址或记录", "there is no such address or record")),
    405: ("API-METHOD", Text("该地址不接受这种请求方法", "the address does not take this method")),
    409: ("API-CONFLICT", Text("与现状不符", "the request does not fit what stands")),
    410: ("API-GONE", Text("记录已删除", "the record is gone")),
    413: ("API-SIZE", Text("请求过大", "the request is too large")),
    422: ("API-INPUT", Text("填写不符", "the input does not fit")),
    **{lacking.status: (lacking.code, lacking.message) for lacking in LACKS},
    429: ("API-OFTEN", Text("请求过于频繁，请稍后再试", "too many requests: try again later")),
}
FAULT = ("API-FAULT", Text("系统出错，已记录", "the platform failed; it was recorded"))


class ApiErrorsMiddleware:
    """Stands outermost, so that also what Django refuses by itself is told as JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(API) or response.status_code < 400:
            return response
        body: Any = None
        if not response.streaming and "json" in response.headers.get("Content-Type", ""):
            zipped = response.headers.get("Content-Encoding") == "gzip"  # by what stands within, for whoever takes it
            with suppress(ValueError, OSError, EOFError):
                body = json.loads(gzip.decompress(response.content) if zipped else response.content)
        if isinstance(body, dict) and {"code", "message", "findings"} <= body.keys():
            return response
        code, message = ERRORS.get(response.status_code, FAULT)
        number = response.headers.get("X-Request-ID", getattr(request, "request_id", ""))
        answer: dict[str, Any] = {"code": code, "message": message.as_dict(), "findings": []}
        answer |= {"request": str(number)} if number else {}
        refusal = JsonResponse(answer, status=response.status_code, json_dumps_params={"ensure_ascii": False})
        for name in ("Allow", "WWW-Authenticate", "Retry-After", "X-Request-ID"):
            if name in response.headers:
                refusal.headers[name] = response.headers[name]
        return refusal
