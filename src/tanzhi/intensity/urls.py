from django.urls import path

from . import pages

app_name = "intensity"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("ledger/", pages.ledger, name="ledger"),
    path("targets/", pages.targets, name="targets"),
    path("decompositions/", pages.decompositions, name="decompositions"),
    path("decompositions/<int:pk>/", pages.decomposition, name="decomposition"),
    path("regions/<slug:code>/", pages.region, name="region"),
]
