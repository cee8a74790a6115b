"""A mediation from the request to performance, as each of its people sees it."""

from __future__ import annotations

from tests.conftest import Today
from tests.flows.office import Office


def test_a_dispute_goes_from_the_request_to_performance(either_office: Office, today: Today) -> None:
    office = either_office
    case = office.performing()
    assert case.state == "performing"
    for person in (office.requester, office.respondent):
        person.answers(case, "joint_application", applies=True)
    office.mediator.answers(case, "performance", finding="waiting", on="2026-03-02", next_on="2026-03-20")
    office.mediator.answers(case, "performance", finding="performed", on="2026-03-02", amount="80000.00")
    assert (case.state, case.open_keys()) == ("performing", {"record_confirmation"})
    office.clerk.answers(
        case, "record_confirmation", result="confirmed", court_number="(2026)粤0604诉前调确1号", on="2026-03-02"
    )
    assert case.state == "performed"
    assert case.open_keys() == set()
    assert case.happened()[-1] == "case_closed"
    assert {"mediation_request", "statement_notice", "mediation_agreement", "performance_record"} <= set(
        case.documents()
    )


def test_each_person_sees_what_is_theirs_on_the_way(office: Office) -> None:
    case = office.consented()
    assert case.seen_by(office.respondent)["state"] == "docketing"
    assert case.seen_by(office.supervisor)["state"] == "docketing"
    office.stranger.sees(f"/cases/{case.id}", expects=404)
    office.admin.sees(f"/cases/{case.id}", expects=404)
    office.mediator.sees(f"/cases/{case.id}", expects=404)


def test_the_office_keeps_its_internal_events_to_itself(office: Office) -> None:
    case = office.accepted()
    office.clerk.acts(case, "record_contact", expects=422, on="1990-01-01", summary="已电话联系双方")
    office.clerk.acts(case, "record_contact", on="2026-03-02", summary="已电话联系双方")
    assert "parties_contacted" in case.happened()
    assert "parties_contacted" not in [e["kind"] for e in case.seen_by(office.requester)["events"]]
    assert all(not d["rule"].startswith("fast.") for d in case.seen_by(office.requester)["deadlines"])
