"""Addresses: every room that has pages is mounted under its own name."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from tanzhi.web.api import api


def rooms() -> list[str]:
    """Rooms with a module `urls`, as they are installed; the shell's own addresses stand in `routes`."""
    installed = [config for config in apps.get_app_configs() if config.name.startswith("tanzhi.")]
    return [
        config.label for config in installed if config.label != "web" and module_has_submodule(config.module, "urls")
    ]


urlpatterns: list[URLPattern | URLResolver] = [path(f"{room}/", include(f"tanzhi.{room}.urls")) for room in rooms()]
urlpatterns += [
    path("api/", api.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("tanzhi.web.routes")),
]

# Django's own handlers give these two pages no request, so no id either.
handler400 = "tanzhi.web.fault_pages.bad_request"
handler500 = "tanzhi.web.fault_pages.server_error"
