"""Files beside a case, to be downloaded."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from tanzhi.evidence.files import open_stored
from tanzhi.organisations.people.requests import actor_of_request

from .model import Attachment


@login_required
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A stored file, for whoever works with its case; always as a download, whatever it says it is."""
    attached = get_object_or_404(Attachment, pk=pk)
    if not attached.opened_by(actor_of_request(request)):
        raise Http404
    return FileResponse(
        open_stored(attached.sha256),
        as_attachment=True,
        filename=attached.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )
