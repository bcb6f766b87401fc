from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import pages
from .portal import feeds
from .portal import pages as portal_pages
from .wording import pages as wording_pages


class FormConverter(StringConverter):
    """The forms in which a bulletin is taken away."""

    regex = "json|txt|docx|pdf"


register_converter(FormConverter, "form")
app_name = "bulletin"
urlpatterns = [
    path("", pages.latest, name="latest"),
    path("glance/", pages.glance_latest, name="glance_latest"),
    path("archive/", pages.archive, name="archive"),
    path("rows/", wording_pages.rows, name="rows"),
    path("rows/<int:pk>/", wording_pages.version, name="rows_version"),
    path("portal/", portal_pages.portal, name="portal"),
    path("data/", portal_pages.data, name="data"),
    path("data/<slug:name>/", portal_pages.data_set, name="data_set"),
    path("data/<slug:name>/dictionary.json", portal_pages.set_dictionary, name="dictionary"),
    path("data/<slug:name>.<str:form>", portal_pages.set_file, name="data_file"),
    path("feeds/<slug:name>.<str:language>.atom", feeds.feed, name="feed"),
    path("schema.json", pages.schema, name="schema"),
    path("editions/<int:pk>/", pages.edition, name="edition"),
    path("editions/<int:pk>/changes/", pages.edition_changes, name="edition_changes"),
    path("editions/<int:pk>.<form:form>", pages.edition_file, name="edition_file"),
    path("<slug:period>.<form:form>", pages.bulletin_file, name="file"),
    path("<slug:period>/", pages.bulletin, name="bulletin"),
    path("<slug:period>/glance/", pages.glance, name="glance"),
    path("<slug:period>/compare/", pages.compare, name="compare"),
]
