"""``flask cases verify``: has anybody changed a history?"""

from __future__ import annotations

import json
import sys

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app import audit
from app.domain.errors import NotFound
from app.models import Case, db
from app.queries.cases import case_by_number

cases = AppGroup("cases", help="Look after cases.")


@cases.command("verify")
@click.argument("number", required=False)
@click.option("--all", "everything", is_flag=True, help="Check every case.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(number: str | None, everything: bool, as_json: bool) -> None:
    """Check the hash chain of a case (or of all): ok, or the first event that does not fit; then the exit code is 1."""
    session = db.session()
    if everything:
        rows = list(session.scalars(select(Case).order_by(Case.id)))
    elif number:
        try:
            rows = [case_by_number(session, number)]
        except NotFound:
            click.echo(f"没有案件 {number}", err=True)
            sys.exit(2)
    else:
        click.echo("请给出案号，或者使用 --all", err=True)
        sys.exit(2)
    flaws = [(case, flaw) for case in rows if (flaw := audit.verify(session, case)) is not None]
    if as_json:
        found = [{"case": case.number, **flaw.as_json()} for case, flaw in flaws]
        click.echo(json.dumps({"ok": not flaws, "checked": len(rows), "flaws": found}, ensure_ascii=False))
    else:
        for case, flaw in flaws:
            click.echo(f"{case.number}：第 {flaw.seq} 条，{flaw.what}")
        if not flaws:
            click.echo(f"{len(rows)} 件案件的记录完好")
    sys.exit(1 if flaws else 0)
