"""Addresses of the filings' pages."""

from django.urls import path

from .comparison import pages as comparison_pages
from .deposits import pages as month_pages
from .laboratory import pages as laboratory_pages
from .mappings import pages as mapping_pages
from .mappings import row_pages
from .months import version_pages
from .papers import pages as paper_pages
from .plans import pages as plan_pages
from .reminders import matrix, opening
from .reminders import pages as reminder_pages
from .review import pages as review_pages

app_name = "filings"
urlpatterns = [
    path("", month_pages.listing, name="list"),
    path("open/", month_pages.open_filing, name="open"),
    path("plants/<str:code>/<int:year>/", comparison_pages.year, name="plant_year"),
    path("begin/<int:organisation>/<str:form_code>/<str:period>/", month_pages.begin, name="begin"),
    path("unbegun/", opening.unbegun, name="unbegun"),
    path("reminders/", reminder_pages.reminders, name="reminders"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("ledgers/", mapping_pages.mappings, name="mappings"),
    path("ledgers/sample/", mapping_pages.ledger, name="ledger"),
    path("ledgers/match/<str:begun>/", mapping_pages.match, name="match"),
    path("ledgers/match-rows/<str:begun>/", row_pages.match_rows, name="match_rows"),
    path("ledgers/<int:pk>/", mapping_pages.mapping, name="mapping"),
    path("laboratory/", laboratory_pages.reports, name="laboratory_reports"),
    path("laboratory/<int:pk>/", laboratory_pages.report, name="laboratory_report"),
    path("laboratory/of/<int:organisation>/<int:year>/", laboratory_pages.record, name="record_laboratory"),
    path("laboratory/of/<int:organisation>/<int:year>/save/", laboratory_pages.save, name="save_laboratory"),
    path(
        "laboratory/of/<int:organisation>/<int:year>/template.xlsx",
        laboratory_pages.template_file,
        name="laboratory_template",
    ),
    path("plans/", plan_pages.plans, name="plans"),
    path("plans/open/", plan_pages.open_plan, name="open_plan"),
    path("plans/<int:pk>/", plan_pages.plan, name="plan"),
    path("plans/<int:pk>/save/", plan_pages.save_plan, name="save_plan"),
    path("plans/<int:pk>/upload/", plan_pages.upload_plan, name="upload_plan"),
    path("plans/<int:pk>/template.xlsx", plan_pages.plan_template, name="plan_template"),
    path("plans/<int:pk>/compare/", plan_pages.compare, name="compare_plan"),
    path("<int:pk>/", month_pages.filing, name="filing"),
    path("<int:pk>/review/", review_pages.review, name="review"),
    path("<int:pk>/remarks/<int:remark>/", month_pages.answer_remark, name="answer_remark"),
    path("<int:pk>/versions/<int:number>/", version_pages.version, name="version"),
    path("<int:pk>/versions/<int:number>/national.xlsx", version_pages.national, name="national_version"),
    path("<int:pk>/national.xlsx", version_pages.national, name="national"),
    path("<int:pk>/compare/", version_pages.compare, name="compare"),
    path("<int:pk>/evidence/<int:file>/", version_pages.evidence, name="evidence"),
    path("<int:pk>/save/", month_pages.save, name="save"),
    path("<int:pk>/upload/", month_pages.upload, name="upload"),
    path("<int:pk>/upload/<int:upload>/marked.xlsx", month_pages.annotated_file, name="annotated"),
    path("<int:pk>/attach/", month_pages.attach, name="attach"),
    path("<int:pk>/template.xlsx", month_pages.template_file, name="template"),
    path("<int:pk>/receipt.json", month_pages.receipt, name="receipt"),
    path("<int:pk>/<str:kind>/paper/", paper_pages.paper, name="paper"),
    path("<int:pk>/<str:kind>/paper.<str:form>", paper_pages.paper_file, name="paper_file"),
    path("<int:pk>/do/<str:name>/", month_pages.act, name="act"),
]
