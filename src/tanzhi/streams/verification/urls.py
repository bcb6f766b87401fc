from django.urls import path

from . import pages
from .cases import arrangement
from .cases import pages as cases_pages
from .clues import pages as clues_pages
from .clues import site_pages as clue_site_pages
from .cross_checks import pages as cross_pages
from .disclosure import pages as disclosure_pages
from .energy_comparison import pages as energy_pages
from .key_list import pages as key_list_pages
from .own_disclosure import pages as own_disclosure_pages
from .penalties import pages as penalties_pages
from .report import pages as report_pages
from .review import pages as review_pages
from .review import site_pages
from .supervision import pages as supervision_pages

app_name = "verification"
urlpatterns = [
    path("", cases_pages.cases, name="cases"),
    path("arrange/", arrangement.arrange, name="arrange"),
    path("cases/<int:pk>/", cases_pages.case, name="case"),
    path("cases/<int:pk>/redetermine/", cases_pages.redetermine, name="redetermine"),
    path("cases/<int:pk>/withdraw/", cases_pages.withdraw_value, name="withdraw_value"),
    path("cases/<int:pk>/statement.<str:kind>", cases_pages.statement, name="statement"),
    path("cases/<int:pk>/report.<str:kind>", report_pages.report, name="report"),
    path("cases/<int:pk>/review/", review_pages.review, name="review"),
    path("cases/<int:pk>/review/note/", review_pages.note_lines, name="note_lines"),
    path("site/<int:pk>/", site_pages.site, name="site"),
    path("site/<int:pk>/state.json", site_pages.state, name="site_state"),
    path("site/clues/<int:pk>/", clue_site_pages.clue_site, name="clue_site"),
    path("site/clues/<int:pk>/state.json", clue_site_pages.clue_site_state, name="clue_site_state"),
    path("site/enterprises/<int:pk>/", clue_site_pages.enterprise_site, name="enterprise_site"),
    path("site/enterprises/<int:pk>/state.json", clue_site_pages.enterprise_site_state, name="enterprise_site_state"),
    path("site/worker.js", site_pages.worker, name="site_worker"),
    path("clues/", pages.clues, name="clues"),
    path("clues/raise/<int:pk>/<int:number>/", clues_pages.raise_clue, name="raise_clue"),
    path("clues/<int:pk>/", clues_pages.clue, name="clue"),
    path("clues/statistics/", pages.counted_clues, name="clue_statistics"),
    path("clues/lists/", clues_pages.answer_lists, name="answer_lists"),
    path("clues/lists/<int:pk>/", clues_pages.answers, name="answers"),
    path("cross-checks/", cross_pages.hits, name="hits"),
    path("cross-checks/<int:pk>/", cross_pages.hit, name="hit"),
    path("energy/", energy_pages.energy, name="energy"),
    path("energy/books/", energy_pages.books, name="energy_books"),
    path("energy/<slug:item>/", energy_pages.energy_item, name="energy_item"),
    path("conflicts/", cases_pages.conflicts, name="conflicts"),
    path("disclosures/", disclosure_pages.disclosures, name="disclosures"),
    path("disclosures/public/", disclosure_pages.public, name="public_emissions"),
    path("disclosures/<int:pk>/", disclosure_pages.disclosure, name="disclosure"),
    path("disclosures/rows/<int:pk>/", disclosure_pages.disclosed_emission, name="disclosed_emission"),
    path("disclosures/own/", own_disclosure_pages.own_disclosures, name="own_disclosures"),
    path("disclosures/own/<int:pk>/", own_disclosure_pages.own_disclosure, name="own_disclosure"),
    path("lists/", key_list_pages.key_lists, name="key_lists"),
    path("lists/<int:pk>/", key_list_pages.key_list, name="key_list"),
    path("lists/rows/<int:pk>/", key_list_pages.key_list_row, name="key_list_row"),
    path("penalties/", penalties_pages.penalties, name="penalties"),
    path("penalties/decisions/", penalties_pages.decisions, name="penalty_decisions"),
    path("penalties/<int:pk>/", penalties_pages.penalty, name="penalty"),
    path("register/", cases_pages.key_units, name="register"),
    path("supervision/", supervision_pages.supervision, name="supervision"),
    path("evaluations/", supervision_pages.evaluations, name="evaluations"),
    path("evaluations/<int:pk>/", supervision_pages.evaluation, name="evaluation"),
    path("workload/", cases_pages.load, name="workload"),
]
