from django.urls import path

from .allocation import line_page
from .allocation import pages as allocation_pages
from .compliance import pages as compliance_pages
from .desk import pages as desk_pages
from .ledger import pages as ledger_pages
from .reconciliation import pages as reconciliation_pages
from .representatives import pages as representative_pages

app_name = "registry"
urlpatterns = [
    path("", ledger_pages.accounts, name="accounts"),
    path("accounts/<int:pk>/", ledger_pages.account, name="account"),
    path("reconciliations/", reconciliation_pages.reconciliations, name="reconciliations"),
    path("reconciliations/<int:pk>/", reconciliation_pages.reconciliation, name="reconciliation"),
    path("accounts/<int:pk>/representatives/", representative_pages.representatives, name="representatives"),
    path("representatives/<int:pk>/", representative_pages.representative, name="representative"),
    path("desk/", desk_pages.own_desk, name="own_desk"),
    path("desk/<str:code>/", desk_pages.desk, name="desk"),
    path("runs/", allocation_pages.runs, name="runs"),
    path("runs/<int:pk>/", allocation_pages.run, name="run"),
    path("runs/<int:pk>/what-if/", allocation_pages.run_what_if, name="what_if"),
    path("runs/lines/<int:pk>/", line_page.line, name="line"),
    path("compliance/", compliance_pages.cycles, name="cycles"),
    path("compliance/<int:pk>/", compliance_pages.compliance, name="compliance"),
    path("surrenders/<int:pk>/", compliance_pages.surrender, name="surrender"),
]
