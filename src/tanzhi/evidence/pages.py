"""Public pages of the log: its head, the keys, and whether a receipt and a file stand in it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from . import offline
from .keys import public_hex, signing_key
from .log import latest_head
from .models import Entry, Head
from .numbers import index_of
from .receipts import receipt
from .sealer import tree_of_sealed
from .verdict import LARGEST_RECEIPT, judge

LARGEST_FILE = 50 * 2**20


def log(request: HttpRequest) -> HttpResponse:
    heads = Head.objects.order_by("-size")[:20]
    return render(request, "evidence/log.html", {"head": latest_head(), "heads": heads})


@require_http_methods(["GET", "POST"])
def verify_page(request: HttpRequest) -> HttpResponse:
    """Drop a receipt, and a file if there is one; nothing is kept."""
    if request.method == "GET":
        return render(request, "evidence/verify.html", {})
    given, file = request.FILES.get("receipt"), request.FILES.get("file")
    content = given.read(LARGEST_RECEIPT + 1) if given else b""
    verdict = judge(content, file.read(LARGEST_FILE) if file else None)
    return render(request, "evidence/verify.html", {"verdict": verdict}, status=200 if verdict.valid else 422)


def public_key(request: HttpRequest) -> HttpResponse:
    return HttpResponse(public_hex(signing_key()) + "\n", content_type="text/plain")


def verifier(request: HttpRequest) -> HttpResponse:
    """The script with which anybody checks a receipt without us."""
    script = files(offline).joinpath("verify_receipt.py").read_bytes()
    return HttpResponse(script, content_type="text/x-python; charset=utf-8")


def receipt_page(request: HttpRequest, number: str) -> HttpResponse:
    entry = _entry(number)
    told = receipt(entry)
    leaf = json.loads(bytes(entry.canonical))
    return render(request, "evidence/receipt.html", {"entry": entry, "receipt": told, "leaf": leaf})


def receipt_json(request: HttpRequest, number: str) -> HttpResponse:
    entry = _entry(number)
    response = JsonResponse(receipt(entry) or {}, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{entry.number}.json"'
    return response


def _entry(number: str) -> Entry:
    index = index_of(number)
    entry = Entry.objects.filter(leaf_index=index).first() if index is not None else None
    if entry is None:
        raise Http404(number)
    return entry


def consistency_json(request: HttpRequest) -> HttpResponse:
    """Proof that an older head is the beginning of the newest one."""
    old, head = request.GET.get("from", ""), latest_head()
    if head is None or not old.isdigit() or not 0 < int(old) <= head.size:
        raise Http404(old)
    proof: dict[str, Any] = {"from": int(old), "to": head.size, "root": bytes(head.root).hex()}
    return JsonResponse(proof | {"proof": [n.hex() for n in tree_of_sealed().consistency(int(old), head.size)]})
