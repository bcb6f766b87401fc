"""The shell's own addresses."""

from django.urls import path

from . import audit, health, pages, work

app_name = "web"
urlpatterns = [
    path("", pages.home, name="home"),
    path("tour/dismiss/", pages.dismiss_tour, name="dismiss_tour"),
    path("audit/", audit.audit, name="audit"),
    path("jobs/", work.jobs, name="jobs"),
    path("jobs/<int:pk>/", work.job, name="job"),
    path("tokens/", work.tokens, name="tokens"),
    path("tokens/<int:pk>/end/", work.end_token, name="end_token"),
    path("rules/", pages.rules, name="rules"),
    path("rules/<str:name>/", pages.guideline, name="guideline"),
    path("explain/", pages.explain_page, name="explain"),
    path("explain.json", pages.explain_json, name="explain_json"),
    path("about/", pages.about, name="about"),
    path("healthz", health.health, name="health"),
    path("livez", health.live, name="live"),
    path("metrics", health.metrics, name="metrics"),
]
