from django.urls import path

from . import pages

app_name = "bulletin"
urlpatterns = [
    path("", pages.latest, name="latest"),
    path("disclosure/<int:year>.json", pages.disclosure_json, name="disclosure"),
    path("<slug:period>.json", pages.bulletin_json, name="json"),
    path("<slug:period>.txt", pages.bulletin_text, name="text"),
    path("<slug:period>/", pages.bulletin, name="bulletin"),
]
