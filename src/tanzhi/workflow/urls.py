from django.urls import path

from tanzhi.office.imports import pages as import_pages
from tanzhi.office.letters import pages as letter_pages

from .case import proposals
from .clocks import pages
from .dossier import pages
from .notices import pages as notice_pages

app_name = "cases"
urlpatterns = [
    path("attachments/<int:pk>/", pages.attachment, name="attachment"),
    path("deadlines/", pages.deadlines, name="deadlines"),
    path("import/<str:name>/", import_pages.importer, name="importer"),
    path("import/<str:name>/template.xlsx", import_pages.template, name="import_template"),
    path("import/<str:name>/<str:sha256>/", import_pages.mapping, name="import_mapping"),
    path("imports/<int:pk>/", import_pages.committed, name="import"),
    path("letters/<int:pk>/", letter_pages.letter, name="letter"),
    path("letters/<int:pk>/letter.<str:kind>", letter_pages.letter_file, name="letter_file"),
    path("calendar/<str:secret>.ics", notice_pages.calendar, name="calendar"),
    path("notices/", notice_pages.notices, name="notices"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
]
