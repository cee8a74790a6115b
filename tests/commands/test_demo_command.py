"""``flask demo accounts``: everybody's role by the name that the pages give it."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from app.commands.demo import demo
from tests.flows.office import build


def test_the_accounts_are_listed_with_the_names_of_their_roles(app: Flask, session: Session) -> None:
    build(app, session)
    listed = app.test_cli_runner().invoke(demo, ["accounts"]).output
    assert "受理人员 · Intake clerk" in listed
    assert "intake_clerk" not in listed
