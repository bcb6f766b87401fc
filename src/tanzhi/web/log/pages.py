"""Public pages of the log: its head, the keys, and whether a receipt and a file stand in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tanzhi.actions.forms import takes_form
from tanzhi.actions.references import resolve
from tanzhi.actions.roles import KNOWN_ROLES
from tanzhi.actions.states import CASE_TYPES
from tanzhi.evidence import offline
from tanzhi.evidence.disclosure import OPAQUE
from tanzhi.evidence.faults import LogFault
from tanzhi.evidence.keys import Era, fingerprint, history
from tanzhi.evidence.log import algorithm, latest_head, particulars
from tanzhi.evidence.models import Entry, Head
from tanzhi.evidence.numbers import index_of, size_of
from tanzhi.evidence.receipts import may_read, receipt
from tanzhi.evidence.sealer import head_fields
from tanzhi.evidence.stored_tree import StoredTree
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.audit.pages import label_of

from .receipt_check import LARGEST_RECEIPT, judge

LARGEST_FILE = 50 * 2**20
UNTOLD = Text("一项办理", "An act")
"""What the public reads of an act of which nothing but digests is public."""


def log(request: HttpRequest) -> HttpResponse:
    heads = Head.objects.order_by("-size")[:20]
    eras = [(era, fingerprint(era.key)) for era in _eras()]
    return render(request, "evidence/log.html", {"head": latest_head(), "heads": heads, "eras": eras})


@require_http_methods(["GET", "POST"])
@takes_form
def verify_page(request: HttpRequest) -> HttpResponse:
    """Drop a receipt, and a file if there is one; nothing is kept."""
    if request.method == "GET":
        return render(request, "evidence/verify.html", {})
    receipt_file, file = request.FILES.get("receipt"), request.FILES.get("file")
    content = receipt_file.read(LARGEST_RECEIPT + 1) if receipt_file else b""
    verdict = judge(content, file.read(LARGEST_FILE) if file else None)
    return render(request, "evidence/verify.html", {"verdict": verdict}, status=200 if verdict.valid else 422)


def public_key(request: HttpRequest) -> HttpResponse:
    """The key that signs now; one file, so that it can be kept and compared."""
    return HttpResponse(_eras()[-1].key + "\n", content_type="text/plain")


def keys(request: HttpRequest) -> HttpResponse:
    """Every key that ever signed here, from which size of the log on, each signed by the one before it."""
    return JsonResponse({"keys": [era.as_dict() | {"fingerprint": fingerprint(era.key)} for era in _eras()]})


def _eras() -> list[Era]:
    try:
        return history()
    except LogFault:
        raise Http404 from None


def verifier(request: HttpRequest, script: str) -> HttpResponse:
    """The scripts with which anybody checks a receipt, or two heads, without us."""
    content = files(offline).joinpath(script).read_bytes()
    return HttpResponse(content, content_type="text/x-python; charset=utf-8")


def receipt_page(request: HttpRequest, number: str) -> HttpResponse:
    """The public bytes for everybody; the particulars for whoever may see the subject."""
    entry = _entry(number)
    leaf = json.loads(bytes(entry.canonical))
    body = particulars(entry) if _may_read(request, entry) else None
    proof = receipt(entry)
    content = {"entry": entry, "receipt": proof, "leaf": leaf, "particulars": body}
    content["signed_at"] = datetime.fromisoformat(str(proof["head"]["at"])) if proof else None
    kind = entry.kind if body is not None else str(leaf.get("kind", ""))
    content["act"] = UNTOLD if kind == OPAQUE else label_of(kind)
    content["facts"] = facts_of(entry, body) if body is not None else []
    return render(request, "evidence/receipt.html", content)


def facts_of(entry: Entry, body: Mapping[str, Any]) -> list[tuple[Text, Text, str]]:
    """The particulars in words: the record with its address, the role, the states before and after."""
    record, facts = resolve(entry.subject), list[tuple[Text, Text, str]]()
    name = getattr(record, "name", None)
    if isinstance(name, Text):
        facts.append((Text("对象", "Subject"), name, getattr(record, "get_absolute_url", str)()))
    if (role := KNOWN_ROLES.get(str(body.get("role")))) is not None:
        facts.append((Text("角色", "Role"), role.label, ""))
    words = next((kind.words for kind in CASE_TYPES.values() if isinstance(record, kind.model)), {})
    states = [words[state] for name in ("from", "to") if (state := str(body.get(name))) in words]
    if states:
        between = Text("{before} → {after}", "{before} → {after}").format(before=states[0], after=states[-1])
        facts.append((Text("状态", "State"), between if len(states) > 1 else states[0], ""))
    return facts


def receipt_json(request: HttpRequest, number: str) -> HttpResponse:
    entry = _entry(number)
    content = receipt(entry, particulars=_may_read(request, entry)) or {}
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{entry.number}.json"'
    return response


def _may_read(request: HttpRequest, entry: Entry) -> bool:
    return may_read(getattr(request, "actor", None), entry)


def _entry(number: str) -> Entry:
    index = index_of(number)
    entry = Entry.objects.filter(leaf_index=index).first() if index is not None else None
    if entry is None:
        raise Http404(number)
    return entry


def consistency_json(request: HttpRequest) -> HttpResponse:
    """Proof that an older head is the beginning of the newest one."""
    old, head = size_of(request.GET.get("from", "")), latest_head()
    if head is None or old is None or not 0 < old <= head.size:
        raise Http404
    proof: dict[str, Any] = {"hash": algorithm(), "from": old, "to": head.size, "root": bytes(head.root).hex()}
    nodes = StoredTree(head.size).consistency(old)
    signed = {"head": head_fields(head), "key": head.key, "signature": bytes(head.signature).hex()}
    return JsonResponse(proof | {"proof": [node.hex() for node in nodes]} | signed)
