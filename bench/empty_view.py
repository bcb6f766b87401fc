"""The denominator of the rush: a view that does nothing, behind the same middleware. Frozen: not to be made faster.

As a settings module it is the installation's own with one more address; as a URL configuration it has that address.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from bench.lines import EMPTY


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path(EMPTY, empty), path("", include("tanzhi.web.urls"))]
