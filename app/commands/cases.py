"""``flask cases verify``: has anybody changed a history?"""

from __future__ import annotations

import json
import sys

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app import audit
from app.domain.errors import NotFound
from app.models import db
from app.queries.cases import case_by_number

cases = AppGroup("cases", help="Look after cases.")


@cases.command("verify")
@click.argument("number", required=False)
@click.option("--all", "everything", is_flag=True, help="Check every case.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(number: str | None, everything: bool, as_json: bool) -> None:
    """Check the hash chain of a case (or of all, and that none is missing): ok, or what does not fit; then the exit code is 1."""
    session = db.session()
    if everything:
        checked, flaws = audit.verify_all(session)
    elif number:
        checked, flaws = 1, _flaws_of(session, number)
    else:
        click.echo("请给出案号，或者使用 --all", err=True)
        sys.exit(2)
    if as_json:
        found = [{"case": one.number, **one.flaw.as_json()} for one in flaws]
        click.echo(json.dumps({"ok": not flaws, "checked": checked, "flaws": found}, ensure_ascii=False))
    else:
        for one in flaws:
            click.echo(f"{one.number}：{one.flaw.in_words()}")
        if not flaws:
            click.echo(f"{checked} 件案件的记录完好")
    sys.exit(1 if flaws else 0)


def _flaws_of(session: Session, number: str) -> list[audit.Finding]:
    try:
        flaw = audit.verify(session, case_by_number(session, number))
    except NotFound:
        click.echo(f"没有案件 {number}", err=True)
        sys.exit(2)
    return [] if flaw is None else [audit.Finding(number, flaw)]
