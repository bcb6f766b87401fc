from django.urls import path

from .case import like_proposals, proposals
from .clocks import pages as clock_pages
from .dossier import pages as dossier_pages
from .handlers import pages as handler_pages
from .notices import pages as notice_pages

app_name = "cases"
urlpatterns = [
    path("attachments/<int:pk>/", dossier_pages.attachment, name="attachment"),
    path("deadlines/", clock_pages.deadlines, name="deadlines"),
    path("assign/", handler_pages.assign, name="assign"),
    path("calendar/<str:secret>.ics", notice_pages.calendar, name="calendar"),
    path("notices/", notice_pages.notices, name="notices"),
    path("proposals/like/<str:name>/", like_proposals.like_proposals, name="like_proposals"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
]
