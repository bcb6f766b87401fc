from django.urls import path

from .applications import pages as application_pages
from .code_lists import pages as list_pages
from .imports import pages as import_pages
from .letters import pages as letter_pages
from .letters.wording import pages as wording_pages
from .registers import pages as register_pages

app_name = "cases"  # notices and mails name these addresses
urlpatterns = [
    path("applications/", application_pages.applications, name="applications"),
    path("applications/apply/", application_pages.apply, name="apply"),
    path("applications/<int:pk>/", application_pages.application, name="application"),
    path("applications/papers/<int:pk>/", application_pages.paper, name="application_paper"),
    path("import/<str:name>/", import_pages.importer, name="importer"),
    path("import/<str:name>/template.xlsx", import_pages.template, name="import_template"),
    path("import/<str:name>/present.xlsx", import_pages.present, name="import_present"),
    path("import/<str:name>/<str:sha256>/", import_pages.mapping, name="import_mapping"),
    path("imports/<int:pk>/", import_pages.committed, name="import"),
    path("imports/<int:pk>/invitations/", register_pages.invitations, name="invitations"),
    path("lists/", list_pages.code_lists, name="code_lists"),
    path("lists/<int:pk>/", list_pages.lists_version, name="lists_version"),
    path("letters/wording/", wording_pages.letters, name="letters"),
    path("letters/wording/<int:pk>/", wording_pages.letters_version, name="letters_version"),
    path("letters/wording/<str:code>/", wording_pages.letter_wording, name="letter_wording"),
    path("letters/<int:pk>/", letter_pages.letter, name="letter"),
    path("letters/<int:pk>/letter.<str:kind>", letter_pages.letter_file, name="letter_file"),
]
