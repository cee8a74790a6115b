"""Versions of a process: stored once, offered one at a time; running cases keep theirs and finish by it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from app import engine
from app.commands.workflows import ROOT, wiring
from app.domain.errors import RuleBroken
from app.engine import versions
from app.models import Case as CaseRow
from app.models import ProcessVersion, Task, db
from app.services import processes
from app.services.changing import changing
from tests.flows import saving
from tests.flows.office import POINTS, Case, Office

FOLDER = ROOT / "mediation"


def changed(old: str, new: str) -> dict[str, bytes]:
    """Return the files of the mediation with something in the diagram replaced."""
    files = engine.read_folder(FOLDER)
    text = files["mediation.bpmn"].decode()
    assert old in text
    return {**files, "mediation.bpmn": text.replace(old, new).encode()}


def publish(files: Mapping[str, bytes]) -> str:
    """Publish a version and return its digest."""
    db.session.rollback()
    with changing(db.session):
        return processes.publish(db.session(), files, wiring()).digest


def stored() -> list[tuple[str, bool]]:
    """Return which versions there are, and which of them is offered."""
    db.session.rollback()
    rows = select(ProcessVersion).where(ProcessVersion.key == "mediation").order_by(ProcessVersion.published_at)
    return [(v.digest, v.current) for v in db.session.scalars(rows)]


def title(case: Case) -> str:
    """Return what the open step of the case is called."""
    db.session.rollback()
    return db.session.scalars(select(Task.title).where(Task.case_id == case.id, Task.state == "open")).one()


RENAMED = ('name="送达请求书副本"', 'name="送达请求书"')


def test_a_changed_diagram_is_a_new_version_and_the_old_one_stays(either_office: Office) -> None:
    [(first, _)] = stored()
    second = publish(changed(*RENAMED))
    assert dict(stored()) == {first: False, second: True}


def test_running_cases_keep_their_version_and_finish_by_it(either_office: Office) -> None:
    office = either_office
    [(first, _)] = stored()
    before = office.files()
    second = publish(changed(*RENAMED))
    after = office.files()
    versions._versions = versions._Versions()  # another worker has compiled neither
    for case in (before, after):
        office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    assert [title(c) for c in (before, after)] == ["送达请求书副本", "送达请求书"]
    pinned = [db.session.get_one(CaseRow, c.id).process_digest for c in (before, after)]
    assert pinned == [first, second]
    for case in (before, after):
        office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
        office.respondent.answers(case, "statement", stance="declines", opinion="", e_service=False)
        office.clerk.answers(case, "refuse_docketing", explanation="")
        assert case.state == "not_docketed"


def test_the_same_content_is_stored_once(either_office: Office) -> None:
    before = stored()
    assert publish(engine.read_folder(FOLDER)) == before[0][0]
    assert stored() == before
    with changing(db.session):
        processes.publish_folders(db.session(), ROOT, wiring())
    assert stored() == before


def test_going_back_to_an_earlier_content_offers_the_earlier_version_again(either_office: Office) -> None:
    [(first, _)] = stored()
    second = publish(changed(*RENAMED))
    publish(engine.read_folder(FOLDER))
    assert dict(stored()) == {first: True, second: False}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('sourceRef="docket" targetRef="fork_recusal"', 'sourceRef="docket" targetRef="nowhere"'),
        ('<bpmn:userTask id="docket" name', '<bpmn:userTask id="docket_anew" name'),
        ('value="mediation.docket"', 'value="mediation.whenever"'),
        ('value="refuse_uncorrected"', 'value="drop_table"'),
        ('competence == "ours"', "__import__('os')"),
        ("</bpmn:definitions>", ""),
    ],
    ids=["leads nowhere", "unknown form", "unknown period", "unknown operation", "not an expression", "not XML"],
)
def test_a_broken_diagram_is_refused_and_nothing_changes(office: Office, old: str, new: str) -> None:
    before = stored()
    with pytest.raises(RuleBroken, match="流程图有"):
        publish(changed(old, new))
    assert stored() == before
    assert title(office.files()) == "形式审查"


def test_what_open_tasks_still_need_is_known_whatever_their_version(office: Office) -> None:
    office.files()
    publish(changed(*RENAMED))
    office.served()
    db.session.rollback()
    assert set(processes.keys_in_use(db.session())) == {"formality_check", "statement"}


def test_only_folders_with_a_diagram_are_processes() -> None:
    assert FOLDER in processes.folders(ROOT)
    assert all(any(folder.glob("*.bpmn")) for folder in processes.folders(ROOT))


# -- positions of released versions ------------------------------------------------------------------------------------

KEPT = [(kept, name) for kept in saving.kept() for name in kept.positions]


@pytest.mark.parametrize(("kept", "name"), KEPT, ids=[f"{k.digest[:8]} {n}" for k, n in KEPT])
def test_a_case_that_rests_in_a_saved_position_still_comes_to_its_end(kept: saving.Kept, name: str) -> None:
    position = engine.look(kept.version, kept.positions[name])
    assert saving.name_of(position) == name
    for _ in range(40):
        if position.ended:
            break
        position = saving.onward(kept.version, position)
    assert position.ended
    assert position.outcome in {"performed", "not_docketed", "failed"}


@pytest.mark.parametrize(("kept", "name"), KEPT, ids=[f"{k.digest[:8]} {n}" for k, n in KEPT])
def test_a_case_in_a_saved_position_can_still_be_withdrawn(kept: saving.Kept, name: str) -> None:
    position = engine.act(kept.version, kept.positions[name], "withdraw", {}, saving.operate)
    assert (position.ended, position.outcome) == (True, "withdrawn")


@pytest.mark.parametrize(
    ("name", "rule", "open_steps"),
    [
        ("correct_materials", "mediation.correction", ""),
        ("statement", "mediation.statement", "refuse_docketing"),
        ("joint_application+performance", "confirmation.apply", "performance"),
    ],
)
def test_a_period_that_runs_out_in_a_saved_position_still_leads_on(name: str, rule: str, open_steps: str) -> None:
    for kept in saving.kept():
        position = engine.lapse(kept.version, kept.positions[name], rule, saving.operate)
        assert saving.name_of(position) == open_steps


def test_a_version_that_was_kept_is_the_one_its_name_says() -> None:
    assert saving.kept()
    assert all(engine.digest(kept.files) == kept.digest for kept in saving.kept())
