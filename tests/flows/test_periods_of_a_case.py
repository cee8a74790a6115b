"""The periods of a real case, over the API, on days on which one easily miscounts; each end is counted by hand."""

from __future__ import annotations

import pytest

from tests.conftest import Today
from tests.flows.office import POINTS, Office


@pytest.mark.parametrize(
    ("moment", "received", "triage", "serve"),
    [
        ("2026-02-14 23:50", "2026-02-14", "2026-02-24", "2026-02-28"),  # 28 February is worked too
        ("2026-03-03 00:01", "2026-03-03", "2026-03-04", "2026-03-10"),  # 2 March still in UTC
        ("2026-09-18 23:50", "2026-09-18", "2026-09-20", "2026-09-24"),  # the Sunday is worked
        ("2026-09-24 09:00", "2026-09-24", "2026-09-28", "2026-10-09"),  # 28, 29, 30, 8, 9
        ("2025-02-01 00:00", "2025-02-01", "2025-02-05", "2025-02-10"),  # order 81 begins; 31 January in UTC
        ("2026-12-30 10:00", "2026-12-30", "2026-12-31", "2027-01-07"),  # beyond the published calendar
    ],
)
def test_a_request_is_served_in_five_working_days_from_receipt(
    moment: str, received: str, triage: str, serve: str, office: Office, today: Today
) -> None:
    today.is_at(moment)
    case = office.files()
    assert case.due("fast.triage") == triage
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    [period] = [d for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "mediation.serve"]
    assert (period["due"], period["provisional"]) == (serve, serve >= "2027")
    assert case.seen_by(office.clerk)["received_on"] == received


@pytest.mark.parametrize(
    ("served", "statement"),
    [
        ("2026-01-30 23:50", "2026-02-14"),  # a worked Saturday
        ("2026-09-22 00:01", "2026-10-08"),  # 7 October; 21 September still in UTC
        ("2024-02-14 10:00", "2024-02-29"),  # a leap year, under the text of 2015
    ],
)
def test_a_respondent_has_fifteen_days(served: str, statement: str, office: Office, today: Today) -> None:
    today.is_at(served)
    case = office.served()
    assert case.due("mediation.statement") == statement
    today.is_at(f"{statement} 23:58")
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)


def test_within_five_working_days_a_case_is_docketed_and_the_first_session_announced(
    office: Office, today: Today
) -> None:
    today.is_at("2026-09-28 10:00")
    case, docket = office.consented(), "2026-10-10"  # 29, 30, 8, 9, 10: the Saturday is worked
    assert case.due("mediation.docket") == docket
    today.moves(days=1)
    office.clerk.answers(case, "docket", mediator=office.mediator.id)

    def states() -> dict[str, str]:
        return {d["rule"]: d["state"] for d in case.seen_by(office.clerk)["deadlines"]}

    assert case.due("mediation.notify") == docket
    assert (states()["mediation.docket"], states()["mediation.notify"]) == ("met", "running")
    office.schedules(case)
    assert states()["mediation.notify"] == "met"


@pytest.mark.parametrize(
    ("docketed", "due", "extended"),
    [
        ("2025-12-31 10:00", "2026-02-28", "2026-03-31"),  # no 31 February; 28 February 2026 is a worked Saturday
        ("2027-12-31 10:00", "2028-02-29", "2028-03-31"),  # a leap year
    ],
)
def test_two_months_end_on_the_same_day_number_or_the_last_of_the_month(
    docketed: str, due: str, extended: str, office: Office, today: Today
) -> None:
    today.is_at(docketed)
    case = office.docketed(dispute_kind="ownership", standing="claimant")
    assert case.due("mediation.ownership_close") == due
    office.director.acts(case, "extend_closing", reason="案情特别复杂")
    assert case.due("mediation.ownership_close") == extended


def test_a_session_is_announced_once_however_many_follow(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "continue")
    office.schedules(case)
    assert [d["rule"] for d in case.seen_by(office.clerk)["deadlines"]].count("mediation.notify") == 1


def test_the_parties_apply_to_the_court_within_thirty_days(office: Office, today: Today) -> None:
    today.is_at("2026-01-22 10:00")
    assert office.performing().due("confirmation.apply") == "2026-02-24"  # 21 February is the festival
