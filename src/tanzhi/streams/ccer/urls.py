from django.urls import path

from . import pages

app_name = "ccer"
urlpatterns = [
    path("", pages.projects, name="projects"),
    path("projects/<int:pk>/", pages.project, name="project"),
    path("reports/<int:pk>/", pages.report, name="report"),
    path("notices/", pages.notices, name="notices"),
    path("notices/<int:pk>/", pages.notice, name="notice"),
    path("notices/<int:pk>/<int:report>/", pages.notice, name="report_notice"),
]
