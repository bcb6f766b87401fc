"""The shell's own addresses."""

from django.urls import path

from . import health
from .audit import pages as audit_pages
from .home import pages as home_pages
from .hooks import pages as hooks_pages
from .jobs import pages as jobs_pages
from .lineage import pages as lineage_pages
from .readiness import pages as readiness_pages
from .rulebook import pages as rulebook_pages
from .search import pages as search_pages
from .services import pages as services_pages
from .tokens import pages as tokens_pages
from .tour import pages as tour_pages

app_name = "web"
urlpatterns = [
    path("", home_pages.home, name="home"),
    path("waiting/<slug:section>/", home_pages.waiting, name="waiting"),
    path("tour/dismiss/", tour_pages.dismiss_tour, name="dismiss_tour"),
    path("audit/", audit_pages.audit, name="audit"),
    path("jobs/", jobs_pages.jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs_pages.job, name="job"),
    path("tokens/", tokens_pages.tokens, name="tokens"),
    path("tokens/<int:pk>/end/", tokens_pages.end_token, name="end_token"),
    path("services/", services_pages.services, name="services"),
    path("services/<int:pk>/", services_pages.service, name="service"),
    path("services/<int:pk>/key/", services_pages.service_key, name="service_key"),
    path("hooks/<int:pk>/", hooks_pages.hook, name="hook"),
    path("hooks/<int:pk>/secret/", hooks_pages.hook_secret, name="hook_secret"),
    path("rules/", rulebook_pages.rules, name="rules"),
    path("rules/<str:name>/", rulebook_pages.guideline, name="guideline"),
    path("explain/", lineage_pages.explain_page, name="explain"),
    path("explain.json", lineage_pages.explain_json, name="explain_json"),
    path("search/", search_pages.search_page, name="search"),
    path("ready/", readiness_pages.readiness, name="readiness"),
    path("about/", home_pages.about, name="about"),
    path("healthz", health.health, name="health"),
    path("livez", health.live, name="live"),
    path("metrics", health.metrics, name="metrics"),
]
