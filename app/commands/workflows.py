"""``flask workflows``: check the diagrams, and publish what is new."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

import forms
from app import engine
from app.domain import statute
from app.domain.awards import schedule
from app.domain.roles import PARTY_LANES, STAFF_LANES, SYSTEM_LANE
from app.domain.roster import criteria
from app.engine import check
from app.models import db
from app.queries import award_schedule as schedule_queries
from app.queries import roster_criteria as criteria_queries
from app.services import award_schedule, processes, roster_criteria, targets
from app.services.acting import ACTS, OPERATIONS, SIGNALS
from app.services.changing import changing

ROOT = Path(__file__).parents[2] / "workflows"
SCHEDULE = ROOT / "schedule" / "awards.dmn"
CRITERIA = ROOT / "schedule" / "roster_criteria.dmn"
TARGETS = ROOT / "schedule" / "targets.json"

workflows = AppGroup("workflows", help="Process diagrams.")

# What the steps of a process may hand to its gateways; a condition that reads anything else is refused.
DATA_NAMES = frozenset(
    {
        "right_type",
        "dispute_kind",
        "major",
        "competence",
        "authority",
        "check",
        "approval",
        "served",
        "consenting",
        "session",
        "confirmed",
        "issued",
        "agreement",
        "court",
        "judicial",
        "performance",
        "recusal",
        "docketed",
        "examined",
        "docketing_review",
        "docketing",
        "cancellation",
        "jurisdiction",
        "suspension",
        "measure",
        "measure_review",
        "talks",
        "answer",
        "period",
        "trial_way",
        "heard",
        "concluded",
        "decision_review",
        "decision",
        "publishes",
        "publication",
        "orders",
        "mode",
        "promised",
        "experts",
        "review",
        "conclusion",
        "reconsideration",
        "confirmation",
        "batch",
        "payment",
        "assignment",
        "handling",
        "rated",
        "problems",
        "closing",
        "channel",
        "seated",
        "guidance",
        "examination",
        "result",
    }
)


def wiring() -> check.Wiring:
    """Return the names a diagram may point to, as the product has them."""
    return check.Wiring(
        forms={key for key in forms.FORMS if ":" not in key},
        roles={*STAFF_LANES, *PARTY_LANES, SYSTEM_LANE},
        operations=set(OPERATIONS),
        rules=set(statute.keys()),
        acts=set(ACTS) | SIGNALS,
        data_names=set(DATA_NAMES),
    )


def all_problems(root: Path = ROOT) -> list[str]:
    """Return every problem of every diagram, and every form, operation or act that no diagram points to."""
    found, everything = [], []
    for folder in processes.folders(root):
        files = engine.read_folder(folder)
        everything.append(files)
        found += [f"{folder.name}/{problem}" for problem in check.problems(files, wiring())]
    found += [f"nothing points to it: {name}" for name in check.unused(everything, wiring())]
    flaws = schedule.flaws(schedule_queries.read(SCHEDULE.read_text()))
    found += [f"{SCHEDULE.name} · {flaw.award}：{flaw.refusal}" for flaw in flaws]
    wrong = criteria.flaws(criteria_queries.read(CRITERIA.read_text()))
    return found + [f"{CRITERIA.name} · {flaw.indicator}：{flaw.refusal}" for flaw in wrong]


@workflows.command("check")
def check_all() -> None:
    """Check that every diagram parses, is drawn, sound and wired, and that every open task still has its form."""
    found = all_problems()
    missing = [key for key in processes.keys_in_use(db.session()) if key not in forms.FORMS]
    found += [f"an open task needs the form {key}, which is gone" for key in missing]
    for line in found:
        click.echo(line)
    if found:
        sys.exit(1)
    click.echo("all diagrams are well")


def publish_what_is_new(session: Session) -> list[str]:
    """Store what is new: diagrams, the first award schedule and criteria, targets; return what was stored, in a word each."""
    stored = [f"{one.key} {one.digest[:12]}" for one in processes.publish_folders(session, ROOT, wiring())]
    first = award_schedule.bring_in(session, SCHEDULE)
    judged = roster_criteria.bring_in(session, CRITERIA)
    brought = targets.bring_in(session, TARGETS)
    return [
        *stored,
        *([f"awards {first.digest[:12]}"] if first else []),
        *([f"roster criteria {judged.digest[:12]}"] if judged else []),
        *([f"targets {brought}"] if brought else []),
    ]


@workflows.command("publish")
def publish() -> None:
    """Store the diagrams whose content is new and offer them for new cases; running cases keep theirs."""
    with changing(db.session):
        for line in publish_what_is_new(db.session()):
            click.echo(line)
