"""The demonstration's year of services: policies pushed, contacts, packages, visits, training, projects, help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app import clock
from app.demo.telling import Telling
from app.domain import policies
from app.domain.policies import Answer, Topic
from app.domain.roster import projects, training
from app.domain.roster.contacts import ContactKind
from app.domain.roster.package import Progress, Service
from app.domain.roster.visits import CURRENT
from app.models import PolicyPush, RosterMember, TrainingCourse, TrainingSeat, User, VisitPlan
from app.queries import roster
from app.services import policy_pushes, project_calls, published_policies
from app.services.changing import changing
from app.services.roster import contacts, package, training_results, training_seats, visit_plan
from app.services.roster import training as courses
from app.services.roster.training_results import Result
from app.services.roster.training_seats import Attendee

POLICIES = (
    (
        310,
        "佛山市知识产权质押融资风险补偿办法",
        policies.Level.CITY,
        "佛山市市场监督管理局",
        (Topic.FINANCE, Topic.PATENTS),
    ),
    (190, "广东省高价值专利培育布局工作指引", policies.Level.PROVINCIAL, "广东省市场监督管理局", (Topic.PATENTS,)),
    (95, "关于开展商标品牌指导站建设的通知", policies.Level.CITY, "佛山市市场监督管理局", (Topic.TRADEMARKS,)),
    (15, "企业海外知识产权纠纷应对指导工作方案", policies.Level.NATIONAL, "国家知识产权局", (Topic.PROTECTION,)),
)
NEEDS = (
    ("financing", "专利质押贷款即将到期，希望对接续贷的银行，并了解风险补偿政策。"),
    ("rights", "在电商平台上发现仿冒产品，希望指导取证和投诉。"),
    ("talent", "缺少专利分析人才，希望推荐培训和专利特派员。"),
)


@dataclass
class ServiceNarrator(Telling):
    """Tells what was done in a year for the members of the roster."""

    def tell(self) -> int:
        """Tell it all and return how many cases there are."""
        self._policies()
        self._contacts()
        self._packages()
        self._training()
        told = self._projects() + self._visits() + self._help()
        self.now()
        return told

    def _members(self, day: date) -> list[RosterMember]:
        return roster.members(self.session, day)

    def _person_of(self, member: RosterMember) -> User:
        return next(p for p in self.city.people.values() if member.organization_id in p.organization_ids)

    # -- policies --

    def _policies(self) -> None:
        for days_ago, title, level, issuer, topics in POLICIES:
            day = self.at(days_ago)
            terms = policies.Terms(
                title=title,
                level=level,
                issuer=issuer,
                topics=topics,
                issued_on=day - timedelta(10),
                summary="明确支持对象、条件和办理方式，符合条件的单位可以直接向所在区局咨询。",
                document_number=f"〔{day.year}〕{days_ago % 40 + 3}号",
            )
            keeper = self.city.people["wuxueqin"]
            with changing(self.session):
                row = published_policies.begin(self.session, terms, by=keeper)
            with changing(self.session):
                published_policies.propose(self.session, row, by=keeper)
            with changing(self.session):
                published_policies.publish(self.session, row, by=self.city.people["linjianhua"])
            self._receipts(row.id, days_ago)

    def _receipts(self, policy_id: int, days_ago: int) -> None:
        """Let two of three units say what they make of it."""
        self.at(max(days_ago - 3, 0))
        pushes = self.session.scalars(select(PolicyPush).where(PolicyPush.policy_id == policy_id)).all()
        said = (Answer.NOTED, Answer.WILL_APPLY, Answer.NOT_FOR_US)
        with changing(self.session):
            for n, push in enumerate(one for place, one in enumerate(pushes) if place % 3):
                policy_pushes.answer(self.session, push, said[n % 3], "", by=self._person_of(push.member))

    # -- contacts and packages --

    def _contacts(self) -> None:
        """A forum with all members of each liaison, and a call or a visit to each of some."""
        for days_ago, kind, every in ((250, ContactKind.FORUM, 1), (120, ContactKind.BRIEFING, 1)):
            day = self.at(days_ago)
            for liaison in self._liaisons(day):
                own = roster.in_care_of(self.session, liaison, day)[::every]
                self._enter(liaison, kind, day, own, "征求对培优政策的意见，宣讲近期的扶持政策。")
        for place in range(24):
            day = self.at(110 - place * 4)
            member = self._members(day)[place * 7]
            assert member.liaison is not None
            kind = ContactKind.VISIT if place % 2 else ContactKind.PHONE
            self._enter(member.liaison, kind, day, [member], "了解专利布局和融资需求，答复奖励申报的疑问。")

    def _liaisons(self, day: date) -> list[User]:
        return list({one.liaison.id: one.liaison for one in self._members(day) if one.liaison}.values())

    def _enter(
        self, liaison: User, kind: ContactKind, day: date, members: Sequence[RosterMember], summary: str
    ) -> None:
        entry = contacts.Entry(
            kind=kind,
            held_on=day,
            members=members,
            took_part=f"{liaison.name}；单位知识产权负责人",
            summary=summary,
            minutes="单位希望政策推送更及时，申报材料再精简。",
            promised="两周内答复单位提出的问题",
            due_on=day + timedelta(14),
            shared=True,
        )
        with changing(self.session):
            contacts.enter(self.session, entry, by=liaison)

    def _packages(self) -> None:
        day = self.at(240)
        services = (Service.POLICY, Service.TRAINING, Service.NAVIGATION, Service.PLEDGE, Service.RIGHTS)
        for n, member in enumerate(self._members(day)[:40]):
            assert member.liaison is not None
            for service in (services[0], services[1 + n % 4]):
                agreed = package.Agreed(service, f"{service.label}，按季度反馈", day + timedelta(365))
                with changing(self.session):
                    item = package.agree(self.session, member, agreed, by=member.liaison)
                if n % 2 == 0:
                    with changing(self.session):
                        package.report(self.session, item, Progress.UNDER_WAY, "已经开始", by=member.liaison)

    # -- training --

    def _training(self) -> None:
        self._course(200, 12, "高价值专利挖掘与布局", training.Subject.PATENTS, held=True)
        self._course(90, 20, "企业高管知识产权战略", training.Subject.EXECUTIVES, held=True)
        self._course(6, -20, "专利质押融资实务", training.Subject.FINANCING, held=False)

    def _course(self, announced: int, later: int, title: str, subject: training.Subject, *, held: bool) -> None:
        day = self.at(announced)
        begins = clock.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(abs(later))
        terms = training.Terms(
            title=title,
            subject=subject,
            teacher="陈立群（知识产权人才学院）",
            provider="佛山市知识产权人才学院",
            venue="市知识产权保护中心三楼会议室",
            begins_at=begins,
            ends_at=begins + timedelta(hours=7),
            signup_until=begins - timedelta(days=2),
            hours=Decimal(6),
            places=30,
            members_only=True,
            pass_mark=60 if subject is training.Subject.PATENTS else None,
        )
        keeper = self.city.people["wuxueqin"]
        with changing(self.session):
            course = courses.draw_up(self.session, terms, by=keeper)
        with changing(self.session):
            courses.publish(self.session, course, by=keeper)
        for n, member in enumerate(self._members(day)[: 34 if held else 12]):
            people = [Attendee(f"学员{n + 1:02d}", "知识产权主管", f"138{n:08d}")]
            with changing(self.session):
                training_seats.sign_up(self.session, course, member.organization, people, by=self._person_of(member))
        if held:
            self._held(course, begins)

    def _held(self, course: TrainingCourse, begins: datetime) -> None:
        self.now()
        self.at((clock.today() - begins.date()).days - 1)
        taken = (TrainingSeat.course_id == course.id, TrainingSeat.state == training.SeatState.SEATED)
        seats = self.session.scalars(select(TrainingSeat).where(*taken).order_by(TrainingSeat.id)).all()
        results = [
            Result(one.id, n % 9 != 8, (55 + n * 3 % 45) if course.pass_mark and n % 9 != 8 else None)
            for n, one in enumerate(seats)
        ]
        keeper = self.city.people["wuxueqin"]
        with changing(self.session):
            training_results.record(self.session, course, results, by=keeper)
        with changing(self.session):
            training_results.conclude(self.session, course, by=keeper)

    # -- projects --

    def _projects(self) -> int:
        day = self.at(70)
        terms = projects.Terms(
            title=f"{day.year} 年省级高价值专利培育项目",
            level=projects.Level.PROVINCIAL,
            kind=projects.ProjectKind.HIGH_VALUE,
            industries=(),
            conditions="有效发明专利十件以上，有明确的培育目标和团队。",
            places=6,
            opens_on=day,
            closes_on=day + timedelta(150),
            members_only=False,
        )
        keeper = self.city.people["wuxueqin"]
        with changing(self.session):
            call = project_calls.begin(self.session, terms, by=keeper)
        with changing(self.session):
            project_calls.propose(self.session, call, by=keeper)
        with changing(self.session):
            project_calls.publish(self.session, call, by=self.city.people["linjianhua"])
        members = self._members(day)
        cases = [self._project(call.number or 0, members[n * 9]) for n in range(7)]
        self.at(62)
        for case_id in cases[1:]:
            self.does(case_id, "guide_green", guidance="ready", notes="目标明确，附件齐全。", items=[])
        self.at(60)
        for case_id in cases[2:]:
            self.does(case_id, "examine_green", examination="recommended", opinion="符合通知的各项条件。")
        self.at(58)
        for n, case_id in enumerate(cases[4:]):
            reported = {"reported_on": clock.today().isoformat(), "report_number": f"佛知函〔{day.year}〕{21 + n}号"}
            self.does(case_id, "report_project", reported)
        return len(cases)

    def _project(self, number: int, member: RosterMember) -> int:
        self.at(66)
        by = self._person_of(member)
        return self.opens(
            "project",
            by,
            call_number=number,
            organization=member.organization_id,
            heading="关键零部件高价值专利培育",
            asked="500000.00",
            content="围绕主导产品的关键零部件布局发明专利二十件，形成专利池。",
            files=[self.uploads(by, "项目申报书.pdf")],
            truth=True,
        )

    # -- visits --

    def _visits(self) -> int:
        """Plan a visit to every member, begin some, and hold and conclude a part of these."""
        day = self.at(100)
        keeper = self.city.people["wuxueqin"]
        members = self._members(day)
        with changing(self.session):
            plans = visit_plan.draw_up(self.session, members, year=day.year, by_day=date(day.year, 12, 31), by=keeper)
        begun = []
        for planned in plans[:20]:
            with changing(self.session):
                begun.append(visit_plan.begin(self.session, self.session.get_one(VisitPlan, planned.id), by=keeper).id)
        for n, case_id in enumerate(begun[:16]):
            self._visited(case_id, n)
        return len(begun)

    def _visited(self, case_id: int, n: int) -> None:
        day = self.at(90)
        on = day + timedelta(7)
        subjects = ["培优政策的意见建议", "专利导航和融资需求"]
        self.does(case_id, "fix_visit", on=on.isoformat(), who="直联专员、区局工作人员", subjects=subjects, remark="")
        scores = [{"question": one.key, "points": 3 + (n + k) % 3} for k, one in enumerate(CURRENT.scored)]
        self.at(88)
        self.does(case_id, "visit_questionnaire", scores=scores, words=[], files=[])
        if n < 4:
            return
        held = self.at(83)
        found: list[dict[str, Any]] = []
        if n % 2:
            found = [
                {"what": "缺少海外专利布局的指导", "owner": "liaison", "due_on": (held + timedelta(30)).isoformat()}
            ]
        self.does(
            case_id,
            "record_visit",
            held_on=held.isoformat(),
            took_part="直联专员；单位分管领导",
            summary="了解了培优政策的落实情况，听取了意见。",
            minutes="单位对服务总体满意，希望增加海外布局培训。",
            files=[],
            problems=found,
            remark="",
        )
        if not n % 2:
            self.at(80)
            self.does(case_id, "close_visit", closing="conclude", conclusion="培优工作正常开展。", adjusts=False)

    # -- help --

    def _help(self) -> int:
        day = self.at(40)
        members = self._members(day)
        cases = []
        for n in range(9):
            self.at(40 - n * 4)
            need, wanted = NEEDS[n % len(NEEDS)]
            member = members[n * 13]
            by = self._person_of(member)
            case_id = self.opens(
                "assistance", by, organization=member.organization_id, need=need, wanted=wanted, files=[]
            )
            cases.append(case_id)
            if n < 7:
                assert member.liaison is not None
                self.does(case_id, "assign_assistance", assignment="liaison", liaison=member.liaison.id)
            if n < 5:
                self.at(36 - n * 4)
                self.does(
                    case_id, "handle_assistance", handling="answer", answer="已对接相关单位，并上门答复。", files=[]
                )
            if n < 3:
                self.does(case_id, "rate_assistance", solved=True, rating=4 + n % 2, remark="")
        return len(cases)
