from django.urls import path

from . import pages

app_name = "cases"
urlpatterns = [
    path("attachments/<int:pk>/", pages.attachment, name="attachment"),
    path("deadlines/", pages.deadlines, name="deadlines"),
    path("proposals/<int:pk>/", pages.proposal, name="proposal"),
]
