"""How a measure that was allowed was carried out: two officials, who was there, its record (D18, D19, D20, D23)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app import clock
from app.domain.adjudication import Measure
from app.domain.errors import RuleBroken
from app.domain.events import MeasureRecorded
from app.domain.masking import mask_address, mask_phone, mask_resident_id
from app.models import EvidenceMeasure
from app.queries import recusals
from app.queries.adjudications import investigators_of
from app.services import papers, pauses
from app.services.acting import Acting, Answers, Data, act
from app.services.adjudication import evidence
from app.services.adjudication.measures import concerned, whom

LEAST_OFFICIALS = 2


@act("record_measure")
def record_measure(acting: Acting, answers: Answers) -> Data | None:
    """Record how a measure that was allowed was carried out, with its signed record; it is evidence of the office."""
    row = _to_record(acting, answers["measure"])
    began, ended = (datetime.fromisoformat(answers[name]) for name in ("began", "ended"))
    assert row.decided_on is not None
    if began.astimezone(clock.ZONE).date() < row.decided_on:
        raise RuleBroken("实施的时间不能早于批准的日期 %(day)s", field="began", day=row.decided_on)
    if ended < began:
        raise RuleBroken("结束时间不能早于开始时间", field="ended")
    if ended > clock.now():
        raise RuleBroken("结束时间不能晚于现在", field="ended")
    kind = Measure(row.kind)
    officials = _officials(acting, answers)
    if kind is Measure.INSPECTION and not answers.get("present"):
        raise RuleBroken("现场检查、勘验应当有当事人或者见证人在场，请写明", field="present")
    _record(acting, row, answers, officials, began, ended)
    files = papers.receive(acting, "measure_record", answers["files"])
    if kind is Measure.SAMPLING and row.document is not None:
        papers.disclose(row.document, whom(row))  # kept from everybody until the samples were taken
    if kind is not Measure.APPRAISAL:
        row.carried_out_on = ended.astimezone(clock.ZONE).date()
    if kind is not Measure.APPRAISAL or answers.get("concluded"):
        row.ended_on = acting.today
        evidence.enter(acting, None, [{"title": f"{kind.label}（{row.of}）"}], on=acting.today, late=False)
    if (
        kind is Measure.APPRAISAL
        and answers.get("concluded")
        and not recusals.awaited_appraisals(acting.session, acting.case)
    ):
        pauses.resume(acting, "appraisal")
    acting.record(MeasureRecorded(measure=kind.label, of=row.of, files=len(files)))
    return None


def _to_record(acting: Acting, measure_id: int) -> EvidenceMeasure:
    """Return a measure that was allowed and is not over; a registration is made when it is allowed."""
    row = acting.session.get(EvidenceMeasure, measure_id)
    if row is None or row.case_id != acting.case.id or not row.granted or row.kind == Measure.REGISTRATION:
        raise RuleBroken("请选择已经批准的取证", field="measure")
    if row.ended_on is not None:
        raise RuleBroken("这次取证已经登记完毕，不能再次登记", field="measure")
    return row


def give_up(acting: Acting, row: EvidenceMeasure) -> None:
    """End an appraisal without its conclusion; the case is no longer held up by it."""
    row.ended_on = acting.today
    acting.session.flush()  # it is looked for among those that are awaited
    if not recusals.awaited_appraisals(acting.session, acting.case):
        pauses.resume(acting, "appraisal")


def _officials(acting: Acting, answers: Answers) -> list[str]:
    """Return the names of those who carried it out: two at least, each of the panel or of the unit."""
    known, chosen = investigators_of(acting.session, acting.case), set(answers["officials"])
    if not chosen <= known.keys():
        raise RuleBroken("请选择合议组成员或者本部门的办案人员", field="officials")
    if len(chosen) < LEAST_OFFICIALS:
        raise RuleBroken("应当由两名以上办案人员进行", field="officials")
    return [name for i, name in known.items() if i in chosen]


def _shown(person: Mapping[str, Any]) -> dict[str, str]:
    """Return who was there as both sides may read it; what was entered in full stays with the answers of the office."""
    number, address = person.get("number") or "", person.get("address") or ""
    return {
        "name": person.get("name") or "",
        "number": mask_resident_id(number) if number else "",
        "unit": person.get("unit") or "",
        "address": mask_address(address),
        "phone": _masked_phone(person),
    }


def _masked_phone(person: Mapping[str, Any]) -> str:
    return mask_phone(person["phone"]) if person.get("phone") else ""


def _record(
    acting: Acting, row: EvidenceMeasure, answers: Answers, officials: list[str], began: datetime, ended: datetime
) -> None:
    """Make the record that the kind of measure asks for."""
    present = answers.get("present") or []
    times = {"began": began.isoformat(), "ended": ended.isoformat(), "venue": answers["venue"]}
    if row.kind == Measure.INVESTIGATION:
        first = present[0] if present else {}
        papers.issue(
            acting,
            "investigation_record",
            of={
                "name": first.get("name") or concerned(row),
                "gender": "",
                "unit": first.get("unit") or "",
                "post": "",
                "address": mask_address(first.get("address") or ""),
                "phone": _masked_phone(first),
            },
            investigators=officials,
            record=answers["record"],
            **times,
        )
    elif row.kind == Measure.INSPECTION:
        papers.issue(
            acting,
            "inspection_record",
            inspectors=officials,
            present=[_shown(p) for p in present],
            told=answers.get("told") or "",
            record=answers["record"],
            **times,
        )
    elif row.kind == Measure.SAMPLING:
        if not answers.get("things"):
            raise RuleBroken("抽样取证的，请列出抽取的物品", field="things")
        papers.issue(acting, "sampling_list", of=concerned(row), items=answers["things"])
    else:
        acting.remark(answers["record"])
