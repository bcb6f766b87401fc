"""Documents: entered, brought into force, superseded, repealed; what is refused; who sees them."""

from datetime import date

import pytest

from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.streams.policy.documents.model import Document
from tanzhi.streams.policy.documents.queries import documents
from tanzhi.workflow.dossier.model import Attachment
from tests.streams.policy.conftest import in_force, on, paper, registered

pytestmark = pytest.mark.django_db


def refusal(act, actor, *arguments, **more):
    with pytest.raises(Refused) as refused:
        perform(act, actor, *arguments, **more)
    return refused.value


def test_clauses_form_a_tree_by_their_numbers(document):
    found = {one.number: one.parent.number if one.parent else "" for one in document.clauses.all()}
    assert found == {"1": "", "2": "", "2.1": "2"}


@pytest.mark.parametrize(("number", "expected"), [("3.1", "clause 3 before it"), ("1", "a number not used yet")])
def test_a_clause_needs_the_one_above_it_and_a_number_of_its_own(officer, document, number, expected):
    rows = {"clauses": [{"number": number, "zh": "条款", "en": "Clause"}]}
    found = refusal("policy.add_clauses", officer, document, rows)
    assert found.code == "POL-CLAUSE"
    assert expected in found.message.en
    assert document.clauses.count() == 3


def test_a_document_without_an_issuer_is_not_put_into_the_library(officer, province):
    document = registered(officer, province, issuers=[])
    assert refusal("policy.bring_into_force", officer, document).code == "POL-ISSUER"


def test_joint_issuers_keep_their_order_and_outsiders_have_a_name(officer, province, department):
    outside = [{"zh": "生态环境部", "en": "Ministry of Ecology"}]
    document = registered(officer, province, issuers=["DRC", "P99"], outside_issuers=outside)
    assert [name.en for name in document.issuer_names] == ["Example DRC", "Example P99", "Ministry of Ecology"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("effective_on", "2024-01-09", "ACT-DATE"),
        ("valid_until", "2024-01-09", "ACT-DATE"),
        ("kind", "poem", "ACT-INPUT"),
        ("issuers", ["PLANT"], "POL-AUTH"),
        ("issuers", ["NOBODY"], "ACT-INPUT"),
        ("supersedes", 99, "POL-DOC"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_stays(officer, province, field, value, code):
    with pytest.raises(Refused) as refused:
        registered(officer, province, **{field: value})
    assert refused.value.code == code
    assert not Document.objects.exists()


def test_a_number_is_given_once(officer, province):
    registered(officer, province, number="示例〔2024〕1号")
    with pytest.raises(Refused) as refused:
        registered(officer, province, number="示例〔2024〕1号")
    assert refused.value.code == "POL-TWICE"


def test_what_is_superseded_is_repealed_from_the_day_the_new_one_holds(officer, province):
    old = in_force(officer, province, issued_on="2024-01-05")
    new = in_force(officer, province, supersedes=old.pk, effective_on="2024-02-01")
    old.refresh_from_db()
    assert (old.state, old.repealed_on) == ("repealed", date(2024, 2, 1))
    assert [old.standing_on(date(2024, 1, 31)), old.standing_on(date(2024, 2, 1))] == ["in_force", "repealed"]
    assert documents(province, date(2024, 1, 31)) == [old]
    assert documents(province, date(2024, 2, 1)) == [new]


def test_a_document_runs_out_after_its_last_day_and_can_be_asked_for_by_topic_and_kind(officer, province):
    document = in_force(officer, province, valid_until="2024-06-30", topic="finance", kind="guideline")
    assert document.standing_on(date(2024, 6, 30)) == "in_force"
    assert document.standing_on(date(2024, 7, 1)) == "expired"
    assert documents(province, date(2024, 6, 30), topic="finance", kinds=("guideline",)) == [document]
    assert documents(province, date(2024, 6, 30), topic="methane") == []
    assert documents(province, date(2024, 7, 1)) == []


def test_a_repeal_takes_two_persons(officer, director, document):
    with on("2024-03-01"):
        told = {"repealed_on": "2024-03-01", "reason": "不再适用"}
        proposal = perform("policy.repeal_document", officer, document, told).proposal
        document.refresh_from_db()
        assert document.state == "in_force"
        decide(proposal, director, True, "同意")
    document.refresh_from_db()
    assert (document.state, document.repeal_reason) == ("repealed", "不再适用")


def test_the_full_text_hangs_on_the_document(officer, province):
    document = registered(officer, province, files=[paper("full text")])
    assert Attachment.objects.get(case=document.reference).name == "full text.txt"


def test_who_sees_a_document(officer, city_officer, clerk, verifier, stranger, other_officer, province):
    hidden, public = in_force(officer, province), in_force(officer, province, published=True)

    def seen(actor):
        return set(Document.objects.visible_to(actor))

    assert seen(officer) == {hidden, public}
    assert seen(city_officer) == {public}  # the province's own papers stay its own
    assert seen(clerk) == seen(verifier) == seen(stranger) == seen(other_officer) == {public}


def test_strangers_enter_nothing(stranger, verifier, other_officer, clerk, province):
    for actor, code in [
        (stranger, "ACT-ROLE"),
        (verifier, "ACT-ROLE"),
        (clerk, "ACT-ROLE"),
        (other_officer, "ACT-SCOPE"),
    ]:
        with pytest.raises(Refused) as refused:
            registered(actor, province)
        assert refused.value.code == code
