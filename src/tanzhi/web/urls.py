"""Addresses: what has pages is mounted under its own name (`app_name`), which several packages may share."""

from importlib import import_module

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from tanzhi.web.api import api


def rooms() -> dict[str, list[URLPattern | URLResolver]]:
    """Addresses by name, of all installed modules `urls`; the shell's own stand in `routes`."""
    by_name: dict[str, list[URLPattern | URLResolver]] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("tanzhi.") and config.label != "web" and module_has_submodule(config.module, "urls"):
            urls = import_module(f"{config.name}.urls")
            by_name.setdefault(urls.app_name, []).extend(urls.urlpatterns)
    return by_name


urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{room}/", include((patterns, room))) for room, patterns in rooms().items()
]
urlpatterns += [
    path("api/", api.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("evidence/", include("tanzhi.web.log.urls")),
    path("", include("tanzhi.web.routes")),
]

# Django's own handlers give these two pages no request, so no id either.
handler400 = "tanzhi.web.fault_pages.bad_request"
handler500 = "tanzhi.web.fault_pages.server_error"
