from django.urls import path

from . import pages

app_name = "intensity"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("ledger/", pages.ledger, name="ledger"),
    path("targets/", pages.targets, name="targets"),
    path("decompositions/", pages.decompositions, name="decompositions"),
    path("decompositions/<int:pk>/", pages.decomposition, name="decomposition"),
    path("warnings/", pages.warnings, name="warnings"),
    path("warnings/<int:pk>/", pages.warning, name="warning"),
    path("regions/<slug:code>/", pages.region, name="region"),
]
