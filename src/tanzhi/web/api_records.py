"""`GET /api/records/{kind}` and `GET /api/records/{kind}/{code}`: one operation for each declared kind of record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.records.kind import KINDS, RecordKind
from tanzhi.presentation.records.page import page_of, record_of

from .api_description import COMPONENTS, query_parameters, record_name

router = Router()


def expose(kind: RecordKind) -> None:
    """Have records of a kind read: some by a query, one by its code."""

    def read_page(request: HttpRequest) -> dict[str, Any]:
        return page_of(kind, actor_of_request(request), request.GET.dict()).as_dict()

    def read_one(request: HttpRequest, code: str) -> dict[str, Any]:
        return record_of(kind, actor_of_request(request), code)

    summary, tag = f"{kind.title.zh} / {kind.title.en}", kind.model._meta.app_label
    for path, operation, schema, verb in (
        (kind.name, read_page, f"{record_name(kind)}Page", "list"),
        (f"{kind.name}/{{code}}", read_one, record_name(kind), "read"),
    ):
        described: dict[str, Any] = {
            "responses": {
                200: {
                    "description": summary,
                    "content": {"application/json": {"schema": {"$ref": f"{COMPONENTS}{schema}"}}},
                }
            }
        }
        if verb == "list":
            described["parameters"] = query_parameters(kind)
        router.get(path, operation_id=f"{verb}_{kind.name}", summary=summary, tags=[tag], openapi_extra=described)(
            operation
        )


for _kind in KINDS.values():
    expose(_kind)
