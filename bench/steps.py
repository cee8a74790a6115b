"""What the product learns for the bench: how its two processes begin, what their steps mean, who may start them.

A step does what a step of the product does at the least: it records one event and hands the branch to the diagram.
"""

from __future__ import annotations

from dataclasses import dataclass

from app import policy
from app.domain.events import Happening, RequestFiled
from app.domain.roles import PartyRole
from app.models import Organization, Party, Task
from app.services.acting import Acting, Answers, Data, start, step

PROCESSES = ("two_task", "loop")
DATA_NAMES = frozenset({"again"})

for _process in PROCESSES:
    policy.MAY[f"case.start.{_process}"] = (policy.is_caseworker,)


@dataclass(frozen=True, kw_only=True)
class StepTaken(Happening):
    """A step was taken."""

    kind = "bench_step_taken"
    key: str


def begin(acting: Acting, answers: Answers) -> Data:
    """Enter a case of one party in the unit of who files it."""
    assert acting.by is not None
    case, session = acting.case, acting.session
    organization = session.get_one(Organization, answers["organization"])
    case.unit_id = min(acting.by.unit_ids)
    case.title, case.subject = organization.name, answers["subject"]
    case.parties.append(Party(organization=organization, role=PartyRole.REQUESTER.value, place=1))
    session.add(case)
    session.flush()  # the event belongs to the case by id
    acting.record(RequestFiled())
    return {"again": None}


for _process in PROCESSES:
    start(_process)(begin)


@step("bench_eight")
@step("bench_three")
def taken(acting: Acting, task: Task, _answers: Answers) -> Data:
    """Record the step; the way on is given."""
    acting.record(StepTaken(key=task.key))
    return {}


@step("bench_again")
def again(acting: Acting, task: Task, answers: Answers) -> Data:
    """Record the step and say whether it is to be done once more."""
    acting.record(StepTaken(key=task.key))
    return {"again": bool(answers["again"])}
