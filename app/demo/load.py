"""Tell the stories: file, answer and act as the people would, day by day, with the clock set back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import clock
from app.demo.chapters import Answers, Chapter
from app.demo.days import meeting, planned
from app.demo.people import OUTSIDE, City
from app.demo.stories import STORIES
from app.documents import typesetting
from app.domain.calendar import Calendar
from app.domain.hearing_script import SCRIPT
from app.domain.identifiers import patent_check_digit
from app.domain.mediation import ABSENT
from app.domain.roles import Role
from app.domain.service import SERVED_IN_A_STEP
from app.models import (
    Adjudication,
    Agreement,
    Case,
    Deadline,
    Document,
    Evidence,
    Hearing,
    Mediation,
    MediationSession,
    Membership,
    MessageOutbox,
    Party,
    Task,
    User,
)
from app.queries.conflicts import candidates
from app.queries.serving import to_make, to_serve_in
from app.queries.urging import waited_for as whom_to_urge
from app.services import attempts, lapses, papers, serving, tasks, urging
from app.services.changing import changing

OPENING = time(9, 12)
URGED, URGING = 3, "已经超过期限，请尽快办理并说明原因。"
PANEL = ("fengzhiyuan", "zengqingyi", "jianyingshan")
SAID = {  # at a hearing, by part of its script
    "claims": "请求人请求责令停止制造、销售被控产品，明确主张权利要求 1。",
    "answer": "被请求人承认制造、销售了被控产品，认为缺少权利要求 1 的一项特征。",
    "evidence": "请求人出示公证购买的实物，被请求人对真实性、合法性没有异议。",
    "comparison": "当庭拆解实物并与权利要求 1 逐项比对；双方对其余特征没有争议，对连接结构是否相同各执一词。",
    "issues": "争议焦点是连接结构是否相同或者等同，双方围绕焦点进行了辩论。",
    "last": "请求人坚持请求；被请求人请求驳回。",
    "mediation": "请求人愿意调解，被请求人不同意，不再调解。",
}
ONLY_OF_A_MEDIATION = ("dispute_kind", "amount_claimed", "only_damages", "decision_files")
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
RIGHTS = (
    ("design", "3", "电热水壶", "holder"),
    ("utility_model", "2", "一种陶瓷砖防滑结构", "holder"),
    ("invention", "1", "一种铝合金型材表面处理方法", "exclusive_licensee"),
    ("trademark", "", "美誉 MEIYU", "holder"),
)


@dataclass
class Teller:
    """Tells stories in one city; ``now`` runs with each."""

    session: Session
    city: City
    calendar: Calendar
    told: int = 0

    def tell_all(self) -> int:
        """Tell every story as often as the table says; return how many cases there are now."""
        token = typesetting.in_this_process.set(True)
        for _name, times, chapters in STORIES:
            for _ in range(times):
                self.tell(chapters)
        typesetting.in_this_process.reset(token)
        self._settle_in()
        self._urge_what_is_late()
        return self.told

    def _settle_in(self) -> None:
        """Leave the desks as people leave them: a few tasks in hand, old messages read."""
        waiting = select(Task).where(Task.state == "open", Task.assignee_id.is_(None), Task.unit_id.is_not(None))
        for place, task in enumerate(self.session.scalars(waiting.order_by(Task.id)).all()):
            if place % 3 == 0:
                holder = self.city.people["chenhuimin" if place % 2 else "liangguoqiang"]
                if holder.has_role(task.role, task.unit_id):
                    with changing(self.session):
                        tasks.claim(self.session, task.id, by=holder)
        with changing(self.session):
            old = clock.now() - timedelta(days=2)
            self.session.execute(
                update(MessageOutbox).where(MessageOutbox.created_at < old).values(read_at=MessageOutbox.created_at)
            )

    def _urge_what_is_late(self) -> None:
        """Let the supervisor urge those for whom the latest periods wait."""
        overdue = select(Deadline).where(Deadline.state == "running", Deadline.due_on < clock.today())
        late = list(self.session.scalars(overdue.order_by(Deadline.due_on, Deadline.id)))
        waited_for = whom_to_urge(self.session, late)
        for deadline in [d for d in late if waited_for.get(d.id)][:URGED]:
            with changing(self.session):
                urging.urge_period(self.session, deadline.id, text=URGING, by=self.city.people["pengshaohua"])

    def tell(self, chapters: tuple[Chapter, ...]) -> Case:
        """Tell one story so that it ends about today."""
        about = chapters[0].answers if chapters and chapters[0].what == "file" else {}
        played = chapters[1:] if about else chapters
        shift = clock.shift()
        filed, *days = planned(self.calendar, played, back=self.told % 3)
        self._go_to(self._morning(filed))
        case_id = self._file(**about).id
        self._letters_go_out()
        for chapter, day in zip(played, days, strict=True):
            self._go_to(min(max(self._morning(day), clock.now()), self._real_now(shift)))
            self._what_is_due()
            self._letters_go_out()
            self._post_arrives(case_id)
            self._play(case_id, chapter)
            self._letters_go_out()
        if self.told % 3:  # of some cases the last letters are still on their way
            self._post_arrives(case_id)
        clock.set_shift(shift)
        self.told += 1
        return self.session.get_one(Case, case_id)

    def _real_now(self, shift: timedelta) -> datetime:
        return clock.now() - clock.shift() + shift

    def _morning(self, day: date) -> datetime:
        return datetime.combine(day, OPENING, tzinfo=clock.ZONE) + timedelta(minutes=(self.told * 7) % 140)

    def _go_to(self, moment: datetime) -> None:
        clock.set_shift(clock.shift() + (moment - clock.now()))

    def _what_is_due(self) -> None:
        for deadline_id in lapses.due_now(self.session):
            attempts.carry_out(self.session, "lapse", deadline_id, by=None)

    def _letters_go_out(self) -> None:
        """Make the letters that somebody waits for, as the jobs would, on the day on which they were issued."""
        answers = select(Document.id).where(Document.kind == "answer_brief", Document.file_id.is_(None))
        for document_id in sorted({*to_make(self.session), *self.session.scalars(answers)}):
            with changing(self.session):
                serving.make(self.session, document_id)

    def _post_arrives(self, case_id: int) -> None:
        """Let a clerk enter that the letters which nobody could read in the system have arrived."""
        case = self.session.get_one(Case, case_id)
        for document, waiting in to_serve_in(self.session, case):
            if document.kind in SERVED_IN_A_STEP or document.kind == "answer_brief":
                continue
            for one in waiting:
                sent = {
                    "document": document.id,
                    **self._service(one.party, "post"),
                    "sent_on": document.made_on.isoformat(),
                }
                by = self._official(Role.INTAKE_CLERK, case.unit_id)
                attempts.carry_out(self.session, "act", case_id, "register_service", sent, by=by)

    # -- filing --

    def _file(self, *, several: bool = False, ownership: bool = False, adjudication: bool = False) -> Case:
        requester = self.city.people[OUTSIDE[self.told % len(OUTSIDE)][0]]
        own = min(requester.organization_ids)
        others = [o for o in self.city.organizations if o.id != own]
        respondent = others[0] if self.told % 4 == 0 else others[self.told % len(others)]
        second = others[(self.told * 7 + 3) % len(others)]
        two = (several or self.told % 9 == 0) and not adjudication and second.id != respondent.id
        respondents = [respondent, second] if two else [respondent]
        kind, letter, name, standing = RIGHTS[0 if ownership else self.told % (2 if adjudication else len(RIGHTS))]
        if self._is_last_story():
            kind, name = "copyright", "卡通形象“小狮”"
        answers = {
            "right_type": kind,
            "right_number": self._number(letter) if kind != "copyright" else "国作登字-2024-F-00012345",
            "right_name": name,
            "right_holder": next(o.name for o in self.city.organizations if o.id == own),
            "standing": "claimant" if ownership else standing,
            "dispute_kind": "ownership" if ownership else "infringement",
            "major": False,
            "requests": ["停止制造、销售被控产品", "赔偿经济损失及合理开支"],
            "amount_claimed": str(60000 + 5000 * (self.told % 20)) + ".00",
            "only_damages": False,
            "decision_files": [],
            "facts": "请求人发现被请求人在网络平台和展会上销售与涉案权利相同的产品，已公证购买，双方协商未果。",
            "no_suit": True,
            "requester_organization": own,
            "co_requesters": [],
            "respondents": [self._entry(o) for o in respondents],
            "agents": [],
            "evidence": [],
            "identity_files": [],
            "right_files": [self._upload(requester, "专利登记簿副本.pdf")],
            "e_service": True,
        }
        process = "adjudication" if adjudication else "mediation"
        if adjudication:
            answers = {k: v for k, v in answers.items() if k not in ONLY_OF_A_MEDIATION}
            answers |= {
                "report_files": [],
                "claims": "1" if kind != "design" else "",
                "requests": ["责令停止制造、销售被控产品"],
            }
        return attempts.carry_out(self.session, "open", process, answers, by=requester)  # type: ignore[no-any-return]

    def _is_last_story(self) -> bool:
        return self.told >= sum(times for _, times, _ in STORIES) - STORIES[-1][1]

    def _number(self, letter: str) -> str:
        if not letter:
            return str(18_000_000 + self.told)
        body = f"2023{letter}{418800 + self.told:07d}"
        return f"{body}.{patent_check_digit(body)}"

    def _entry(self, organization: Any) -> dict[str, Any]:
        return {
            "kind": "enterprise",
            "name": organization.name,
            "uscc": organization.uscc,
            "resident_id": "",
            "legal_representative": organization.legal_representative,
            "address": organization.address,
            "postcode": organization.postcode,
            "phone": organization.phone,
            "email": "",
        }

    def _upload(self, by: User, name: str) -> int:
        with changing(self.session):
            return papers.upload(self.session, PDF, name=name, media_type="application/pdf", by=by).id

    # -- going on --

    def _play(self, case_id: int, chapter: Chapter) -> None:
        if chapter.what == "wait":
            return
        if chapter.what == "hold_session":
            fixed = select(func.max(MediationSession.at)).where(MediationSession.case_id == case_id)
            self._go_to(max(clock.now(), self.session.scalars(fixed).one() + timedelta(hours=2)))
        if chapter.what == "hold_hearing":
            fixed = select(func.max(Hearing.at)).where(Hearing.case_id == case_id)
            self._go_to(max(clock.now(), self.session.scalars(fixed).one() + timedelta(hours=2)))
        if chapter.what.startswith("act:"):
            self._act(case_id, chapter)
            return
        while task := self._open_task(case_id, chapter.what):
            by = self._who(task)
            answers = self._fill(task, chapter, by)
            attempts.carry_out(self.session, "complete", task.id, answers, by=by)
            if task.party_id is None:
                return

    def _open_task(self, case_id: int, key: str) -> Task | None:
        return self.session.scalar(
            select(Task).where(Task.case_id == case_id, Task.key == key, Task.state == "open").order_by(Task.id)
        )

    def _who(self, task: Task) -> User:
        """Return who answers: the holder, a person of the party, or for a party without one a clerk with the paper."""
        if task.assignee_id is not None:
            return self.session.get_one(User, task.assignee_id)
        if task.party_id is not None:
            own = select(User).join(Membership).where(Membership.organization_id == task.organization_id)
            return self.session.scalar(own) or self._official(Role.INTAKE_CLERK, task.case.unit_id)
        return self._official(Role(task.role), task.unit_id)

    def _official(self, role: Role, unit_id: int | None) -> User:
        people = list(
            self.session.scalars(
                select(User)
                .join(Membership)
                .where(Membership.role == role.value, Membership.unit_id == unit_id)
                .order_by(User.id)
            ).unique()
        )
        return people[self.told % len(people)]

    def _fill(self, task: Task, chapter: Chapter, by: User) -> dict[str, Any]:
        """Return the answers of a chapter with what depends on the case: people, days, parties."""
        answers: dict[str, Any] = {"files": [], **chapter.answers, **self._of_the_step(task, by, chapter.answers)}
        today = clock.today()
        if way := answers.pop("serve", None):
            reached = self._to_serve(task)[:1] if way in ("some", "refused") else self._to_serve(task)
            answers["records"] = [self._service(p, way) for p in reached]
            answers["give_up"] = way == "failed"
            if way == "refused":
                answers |= {"refused_by": task.case.parties[-1].id, "refusal": "送达时当面表示不再接受协议"}
        if answers.get("mediator") == "best":
            right = self.session.get_one(Mediation, task.case_id).right_type
            best = next(c for c in candidates(self.session, task.case, right) if c.free)
            answers |= {"mediator": best.user.id, "over_capacity": "" if best.room > 0 else "调解员均已满额，就近承办"}
        if answers.pop("panel", False):
            members = [self.city.people[name].id for name in PANEL]
            recorder = self.city.people["huangyating"].id
            answers |= {"members": members, "presiding": members[0], "recorder": recorder}
        if (in_days := answers.pop("in_days", None)) is not None:
            at = datetime.combine(meeting(self.calendar, today, in_days), time(9, 30), tzinfo=clock.ZONE)
            answers["at"] = at.isoformat()
        if (perform_in := answers.pop("perform_in", None)) is not None:
            answers["perform_by"] = (today + timedelta(days=perform_in)).isoformat()
        if answers.get("case_name") == "right":
            adjudication = self.session.get_one(Adjudication, task.case_id)
            answers["case_name"] = f"“{adjudication.right_name}”专利侵权纠纷案"
        answers |= self._on_the_file(task, answers)
        if answers.pop("file", False) or (task.party_id is not None and by.is_official):
            answers["files"] = [self._upload(by, "补充材料.pdf")]
        return answers

    def _of_the_step(self, task: Task, by: User, told: Answers) -> dict[str, Any]:
        """Return what a step asks of everybody in the same way."""
        today = clock.today().isoformat()
        if task.key == "hold_session":
            away = ABSENT.get(told["result"])
            return {"attended": [p.id for p in task.case.parties if p.takes_part and p.role != away]}
        if task.key == "hold_hearing":
            script = [{"part": part.code, "text": SAID.get(part.code, part.words)} for part in SCRIPT]
            parties = [p for p in task.case.parties if p.takes_part]
            people = [
                {"party": p.id, "name": p.told("legal_representative"), "capacity": "法定代表人"}
                for p in parties
                if p.told("legal_representative")
            ]
            there = [p.id for p in parties]
            return {"attended": there, "people": people, "ended": clock.now().isoformat(), "script": script}
        if task.key == "sign_transcript":
            return {"signatures": [{"party": p.id, "how": "signed"} for p in task.case.parties if p.takes_part]}
        if task.key == "answer":
            return {"received_on": today} if by.is_official else {}
        if task.key == "performance":
            agreement = self.session.scalars(select(Agreement).where(Agreement.case_id == task.case_id)).one()
            return {"on": today, "amount": str(agreement.amount or ""), "next_on": ""}
        if task.key == "statement":
            return {"received_on": today, "e_service": False} if by.is_official else {}
        if task.key in ("confirm_agreement", "confirm_terms") and task.party is not None:
            return {"signed_name": task.party.organization.legal_representative if by.is_official else by.name}
        return {"record_confirmation": {"on": today}}.get(task.key, {})

    def _on_the_file(self, task: Task, answers: Answers) -> Answers:
        """Return what a step says of each piece of evidence, and the day on which performance was looked at."""
        if answers.get("on") == "today":
            answers["on"] = clock.today().isoformat()
        rows = select(Evidence.id).where(Evidence.case_id == task.case_id).order_by(Evidence.place)
        pieces = list(self.session.scalars(rows))
        match answers.get("evidence"):
            case "examined":
                del answers["evidence"]
                told = [
                    {"evidence": e, "number": f"证{n}", "opinion": "真实性没有异议"} for n, e in enumerate(pieces, 1)
                ]
                return {"examined": told}
            case "admitted":
                del answers["evidence"]
                return {"evidence_findings": [{"evidence": e, "admitted": True, "assessment": ""} for e in pieces]}
        return {}

    def _to_serve(self, task: Task) -> list[Party]:
        if task.key in ("serve_request", "serve_case"):
            return [p for p in task.case.parties if p.role == "respondent"]
        if task.key == "serve_answer":
            return [p for p in task.case.parties if p.role == "requester"]
        return [p for p in task.case.parties if p.takes_part]

    def _service(self, party: Party, way: str) -> dict[str, Any]:
        today = clock.today().isoformat()
        reached = way != "failed"
        return {
            "party": party.id,
            "method": {"failed": "post", "some": "post", "refused": "direct"}.get(way, way),
            "sent_on": today,
            "result": "received" if reached else "failed",
            "received_on": today if reached else "",
            "receiver": party.organization.legal_representative if reached else "",
            "note": "" if reached else "地址查无此人，退回",
            "proof": [],
        }

    def _act(self, case_id: int, chapter: Chapter) -> None:
        case = self.session.get_one(Case, case_id)
        by = self._official(Role.INTAKE_CLERK, case.unit_id) if chapter.by == "clerk" else self._of(case, chapter.by)
        answers = {"files": [], "on": clock.today().isoformat(), **chapter.answers}
        if answers.pop("file", False):
            answers["files"] = [self._upload(by, "和解协议书.pdf")]
        attempts.carry_out(self.session, "act", case_id, chapter.what.removeprefix("act:"), answers, by=by)

    def _of(self, case: Case, side: str) -> User:
        """Return who presides over the panel, or somebody of the first party on that side."""
        if side == "presiding":
            seat = case.staff_in(Role.ADJUDICATOR)
            assert seat is not None
            return seat.user
        party = next(p for p in case.parties if p.role == side)
        own = select(User).join(Membership).where(Membership.organization_id == party.organization_id)
        return self.session.scalars(own).unique().first() or self._official(Role.INTAKE_CLERK, case.unit_id)
