"""One case that is driven by chance through the services, and what must be true of it after every act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import func, select

from app import clock, policy
from app.domain.errors import Refusal
from app.domain.roles import Role
from app.models import Base, Case, Deadline, Document, OrgUnit, Task, User, db
from app.queries import facts
from app.services import cases, lapses, serving, tasks
from app.services.changing import changing
from forms.registry import FORMS
from tests.conftest import Today
from tests.flows.office import PDF, Person, account
from tests.flows.tribunal import Tribunal
from tests.walks import right
from tests.walks.answering import Answering

USUAL, LONGEST = 60, 330
BEGINS = (
    "2024-03-04",
    "2024-09-02",
    "2025-01-20",
    "2025-02-05",
    "2025-06-03",
    "2025-09-22",
    "2026-01-12",
    "2026-04-27",
)
ENDS = ("withdraw_case", "settle_case", "propose_cancellation", "object_jurisdiction")
COUNTED = ("task", "document", "submission", "deadline", "event", "clock_pause", "milestone", "case_staff", "opinion")


@dataclass
class Walk:
    """A walk under a seed: ``steps`` is what was done, ``forms`` what was answered."""

    tribunal: Tribunal
    seed: int
    files: dict[int, list[int]]
    case_id: int = 0
    steps: list[str] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    refused: int = 0
    looked_at: int = 0
    ended: dict[int, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.today = Today()

    @property
    def case(self) -> Case:
        """The case as it stands now."""
        return db.session.get_one(Case, self.case_id)

    def goes(self) -> None:
        """File a request and go on to the end; whatever is wrong is raised with the seed and the steps so far."""
        try:
            self._files()
            while self.case.is_open:
                assert len(self.steps) < LONGEST, "the case does not come to an end"
                self._one()
                right.check(self)
        except Exception as error:
            db.session.rollback()
            error.add_note(f"walk {self.seed}: {' > '.join(self.steps[-40:])}")
            raise

    @property
    def homeward(self) -> bool:
        """Whether it has lasted long enough."""
        return len(self.steps) > USUAL

    def _files(self) -> None:
        self.today.is_at(f"{self.rng.choice(BEGINS)} 10:00")
        self.today.moves(days=self.rng.randrange(12))
        tribunal, by = self.tribunal, self._user(self.tribunal.requester.id)
        answers = tribunal.request_for_decision(
            right_files=self.files[by.id],
            major=self.rng.random() < 0.1,
            right_type=self.rng.choice(("utility_model", "invention", "design")),
            e_service=self.rng.random() < 0.3,
            evidence=[{"title": "公证书", "proves": "销售行为", "pages": 12}][: self.rng.randint(0, 1)] or [],
        )
        number = {"utility_model": "ZL 2023 2 0418812.2", "design": "ZL 2023 3 0418812.8"}
        answers["right_number"] = number.get(answers["right_type"], "ZL 2023 1 0418812.7")
        answers["right_number"] = _numbered(answers["right_number"])
        answering, made = Answering(self.rng, self.files[by.id]), None
        while made is None:
            made = answering.answers("adjudication_request", facts.of_start(db.session(), by, "adjudication"), answers)
        with changing(db.session):
            self.case_id = cases.open_case(db.session(), "adjudication", made, str(self.rng.random()), by=by).id
        self.steps.append("request")

    def _user(self, user_id: int) -> User:
        return db.session.get_one(User, user_id)

    # -- one step --------------------------------------------------------------------------------------------------------

    def _one(self) -> None:
        self._papers()
        chance = self.rng.random()
        if chance < 0.2:
            self._time()
        elif chance < 0.42 and not self.homeward:
            self._act() or self._time()
        elif self.homeward and chance < 0.3:
            self._act(only=("withdraw_case", "resume")) or self._time()
        else:
            self._task() or self._act(only=("resume",)) or self._time()

    def _papers(self) -> None:
        rows = select(Document.id).where(
            Document.case_id == self.case_id, Document.issued, Document.file_id.is_(None), Document.facts.is_not(None)
        )
        for document_id in db.session.scalars(rows).all():
            with changing(db.session):
                serving.keep_and_serve(db.session(), document_id, PDF, 1)

    def _time(self) -> bool:
        days = self.rng.choice((1, 1, 2, 3, 5, 9, 16))
        for _ in range(days):
            self.today.moves(days=1)
            while due := self._due():
                with changing(db.session):
                    lapses.lapse(db.session(), due)
        self.steps.append(f"{days} days")
        return True

    def _due(self) -> int | None:
        rows = select(Deadline.id).where(Deadline.case_id == self.case_id, Deadline.wake_at <= clock.now())
        return db.session.scalar(rows.order_by(Deadline.wake_at, Deadline.id).limit(1))

    def people(self) -> list[User]:
        """Return everybody who could have to do with the case."""
        return list(db.session.scalars(select(User).where(User.id.in_(self.files)).order_by(User.id)))

    def may_do(self) -> Iterator[tuple[Task, list[User]]]:
        """Return the open tasks in an order of chance, each with who may do it now."""
        rows = select(Task).where(Task.case_id == self.case_id, Task.state == "open").order_by(Task.id)
        waiting = list(db.session.scalars(rows))
        self.rng.shuffle(waiting)
        everybody = self.people()
        for task in waiting:
            if users := [u for u in everybody if policy.may(u, "task.complete", task)]:
                yield task, users

    def _task(self) -> bool:
        found = next(self.may_do(), None)
        if found is None:
            return False
        task, users = found
        by = self.rng.choice(users)
        needs = _needs(task.form)
        known = facts.of_form(db.session(), self.case, by, needs, task)
        answers = self._answers(task.form, known, by)
        if answers is None:
            return False
        task_id, name = task.id, task.form
        right.may_vote(task, by)
        return self._does(name, lambda: tasks.complete(db.session(), task_id, answers, by=by))

    def _act(self, only: tuple[str, ...] = ()) -> bool:
        if only:
            by = self._user(self.tribunal.requester.id if only[0] == "withdraw_case" else self.tribunal.director.id)
            offered = [a for a in cases.offered_acts(db.session(), self.case, by) if a in only]
        else:
            by = self.rng.choice(self.people())
            ends = self.rng.random() < 0.05
            offered = [a for a in cases.offered_acts(db.session(), self.case, by) if ends or a not in ENDS]
        if not offered:
            return False
        name = self.rng.choice(offered)
        known = facts.of_form(db.session(), self.case, by, _needs(f"act:{name}"), None)
        answers = self._answers(f"act:{name}", known, by)
        if answers is None:
            return False
        key = str(self.rng.random())
        return self._does(f"act:{name}", lambda: cases.act(db.session(), self.case_id, name, answers, key, by=by))

    def _answers(self, form: str, known: Any, by: User) -> dict[str, Any] | None:
        changes: dict[str, Any] = {}
        if form == "act:join_party":
            changes = self.tribunal.entry(self.tribunal.elsewhere)
        answering = Answering(self.rng, self.files[by.id], self.homeward)
        return answering.answers(form, known, changes)

    def _does(self, name: str, what: Any) -> bool:
        before = self._seen()
        try:
            with changing(db.session):
                what()
        except Refusal as refusal:
            self.refused += 1
            self.steps.append(f"{name} refused")
            assert self._seen() == before, f"{name} was refused ({refusal}) and has changed something"
            return True
        self.steps.append(name)
        self.forms.add(name)
        return True

    def _seen(self) -> tuple[Any, ...]:
        case = self.case
        tables = [Base.metadata.tables[name] for name in COUNTED]
        counts = [select(func.count()).select_from(t).where(t.c.case_id == case.id).scalar_subquery() for t in tables]
        return (*db.session.execute(select(*counts)).one(), case.version, case.event_head, case.kept, case.position)


def _needs(form: str) -> tuple[str, ...]:
    return FORMS[form].needs


def _numbered(number: str) -> str:
    digits = number.removeprefix("ZL").replace(" ", "").partition(".")[0]
    total = sum(int(d) * w for d, w in zip(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)) % 11
    return f"ZL {digits}.{'X' if total == 10 else total}"


def files_of(tribunal: Tribunal) -> dict[int, list[int]]:
    """Let everybody who has to do with cases upload a file; return its id by who uploaded it."""
    office = (tribunal.clerk, tribunal.second_clerk, tribunal.director, tribunal.section_head)
    people = (*office, tribunal.requester, tribunal.respondent, *tribunal.judges, *_more_hands(tribunal))
    return {person.id: [person.uploads()] for person in people}


def _more_hands(tribunal: Tribunal) -> list[Person]:
    """Enter so many more officials that somebody is left to come for everybody who has to step aside."""
    unit = db.session.get_one(OrgUnit, tribunal.unit.id)
    users = [account(f"hand{n}", f"官员{n}", Role.ADJUDICATOR, unit) for n in range(1, 9)]
    users += [account(f"scribe{n}", f"文员{n}", Role.INTAKE_CLERK, unit) for n in range(1, 5)]
    db.session.add_all(users)
    db.session.commit()
    return [Person(tribunal.clerk.client, u.username, u.id, u.name) for u in users]
