from django.urls import path

from . import pages
from .decompositions import pages as decompositions_pages
from .ledger import pages as ledger_pages
from .targets import pages as targets_pages
from .warnings import pages as warnings_pages

app_name = "intensity"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("ledger/", ledger_pages.ledger, name="ledger"),
    path("targets/", targets_pages.targets, name="targets"),
    path("decompositions/", decompositions_pages.decompositions, name="decompositions"),
    path("decompositions/<int:pk>/", decompositions_pages.decomposition, name="decomposition"),
    path("warnings/", warnings_pages.warnings, name="warnings"),
    path("warnings/<int:pk>/", warnings_pages.warning, name="warning"),
    path("regions/<slug:code>/", pages.region, name="region"),
]
