"""From the request to its acceptance: whose it is, what has to be put right, what is refused."""

from __future__ import annotations

from tests.conftest import Today
from tests.flows.office import POINTS, Case, Office


def copyright_request(office: Office) -> Case:
    return office.files(right_type="copyright", right_number="国作登字-2024-F-00012345")


def test_a_copyright_dispute_is_sent_on_to_the_copyright_office(office: Office) -> None:
    case = copyright_request(office)
    assert case.open_keys() == {"confirm_competence"}
    office.clerk.answers(
        case, "confirm_competence", competence="transfer", authority="copyright_office", reason="由著作权主管部门处理"
    )
    assert case.state == "transferred"
    assert "transfer_notice" in case.documents()


def test_what_cannot_be_mediated_is_refused_with_a_notice(office: Office) -> None:
    case = office.files(dispute_kind="validity")
    office.clerk.answers(case, "confirm_competence", competence="not_mediable", reason="权利有效性不能调解")
    assert case.state == "refused"
    assert "refusal_notice" in case.documents()


def test_the_clerk_may_find_that_it_is_ours_after_all(office: Office) -> None:
    case = copyright_request(office)
    office.clerk.answers(case, "confirm_competence", competence="ours", reason="同时涉及外观设计专利")
    assert case.open_keys() == {"formality_check"}


def asks_for_correction(office: Office, case: Case, days: int = 10) -> None:
    office.clerk.answers(
        case, "formality_check", check="correct", points=["claims"], items=["缺登记簿副本第 2 页"], days=days
    )
    case.has_made("correction_notice")


def test_a_correction_is_asked_for_once_and_comes_back_to_the_check(office: Office) -> None:
    case = office.files()
    asks_for_correction(office, case)
    assert (case.state, case.due("mediation.correction")) == ("correcting", "2026-03-12")
    office.requester.answers(case, "correct_materials", explanation="已补", files=[office.requester.uploads()])
    assert (case.state, case.open_keys()) == ("requested", {"formality_check"})
    task = case.task("formality_check", office.clerk)
    answers = {"check": "correct", "points": ["claims"], "items": ["又缺一页"], "days": 10}
    office.clerk.does(f"/tasks/{task}/complete", {"answers": answers}, expects=422)
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    assert case.state == "serving"


def test_silence_after_a_correction_notice_ends_in_refusal(office: Office, today: Today) -> None:
    case = office.files()
    asks_for_correction(office, case)
    office.let_pass(today, 10)
    assert case.state == "correcting"
    office.let_pass(today, 1)
    assert case.state == "refused_uncorrected"
    assert "refusal_notice" in case.documents()


def test_a_refusal_names_its_reasons(office: Office) -> None:
    case = office.files()
    office.clerk.answers(
        case, "formality_check", check="refuse", points=[], reasons=["in_court"], explanation="已向人民法院起诉"
    )
    assert case.state == "refused"
    assert "refusal_notice" in case.documents()


def test_accepting_needs_every_point_checked(office: Office) -> None:
    case = office.files()
    problem = office.clerk.answers(case, "formality_check", expects=422, check="accept", points=POINTS[:3])
    assert "points" in problem["errors"]
    assert case.state == "requested"
