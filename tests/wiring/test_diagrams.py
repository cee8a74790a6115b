"""Everything that points by name is followed: from the diagrams to forms, operations, rules, acts and pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

import forms
from app import engine
from app.commands.workflows import ROOT, all_problems, wiring
from app.domain import statute
from app.policy import MAY
from app.services import processes
from app.services.acting import ACTS, LAPSES, STARTS, STEPS

FOLDERS = processes.folders(ROOT)


def test_every_diagram_parses_is_drawn_sound_and_wired_and_nothing_is_left_over(app: Flask) -> None:
    assert all_problems() == []


def test_a_misspelt_form_lane_operation_or_rule_is_found(app: Flask, tmp_path: Path) -> None:
    source = ROOT / "mediation"
    text = (source / "mediation.bpmn").read_text(encoding="utf-8")
    folder = tmp_path / "mediation"
    folder.mkdir()
    (folder / "competence.dmn").write_bytes((source / "competence.dmn").read_bytes())
    for right, wrong in (
        ('value="refuse_uncorrected"', 'value="refuse_uncorected"'),
        ('name="受理人员"', 'name="受理人"'),
        ('deadline("mediation.statement")', 'deadline("mediation.statment")'),
        ('id="formality_check"', 'id="formality_chek"'),
    ):
        assert right in text
        (folder / "mediation.bpmn").write_text(text.replace(right, wrong), encoding="utf-8")
        assert all_problems(tmp_path), wrong


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_a_process_has_a_readme_for_analysts(folder: Path) -> None:
    assert (folder / "README.md").read_text(encoding="utf-8").startswith("# ")


def test_every_step_answers_a_form_and_every_act_has_a_form_and_a_policy_line(app: Flask) -> None:
    assert set(STEPS) <= set(forms.FORMS)
    assert {f"act:{name}" for name in ACTS} <= set(forms.FORMS)
    assert {f"act.{name}" for name in ACTS} <= set(MAY)
    assert {f"case.start.{name}" for name in STARTS} <= set(MAY)


def test_what_follows_a_lapse_is_listed_under_a_rule_that_acts(app: Flask) -> None:
    assert all(statute.rule(key).acts for key in LAPSES)


def test_every_step_of_a_diagram_has_a_meaning(app: Flask) -> None:
    for folder in FOLDERS:
        files = engine.read_folder(folder)
        version = engine.version(engine.digest(files), lambda files=files: files)
        asked = {n.properties.get("form", n.id) for n in version.nodes.values() if n.kind == "userTask"}
        assert asked <= set(STEPS)
    assert wiring().forms >= set(STEPS)
