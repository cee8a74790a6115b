"""Administration: process versions, incidents, jobs, the check of histories."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from app import audit, engine
from app.documents import catalogue
from app.domain.errors import RuleBroken
from app.edge.sentences import sentence
from app.models import db
from app.queries import administration
from app.queries import processes as process_queries
from app.services import attempts
from app.web import diagrams
from app.web.security import me
from app.web.words import word

bp = Blueprint("administration", __name__, url_prefix="/administration")


@bp.get("")
def index() -> str:
    """Show what can be administered, and what asks for attention."""
    session = db.session()
    return render_template(
        "administration/index.html",
        incidents=administration.waiting_incidents(session),
        backlog=administration.backlog(session),
    )


@bp.get("/processes")
def processes() -> str:
    """List the process versions."""
    return render_template("administration/processes.html", versions=administration.versions(db.session()))


@bp.get("/processes/<digest>")
def process(digest: str) -> str:
    """Show one process version: its picture and its outline."""
    row = administration.version(db.session(), digest)
    compiled = process_queries.version_of(db.session(), row.digest)
    return render_template(
        "administration/process.html",
        version=row,
        outline=engine.outline(compiled),
        part=diagrams.asked_part(compiled),
        ways=diagrams.ways(compiled, "administration.process", digest=digest),
    )


@bp.get("/processes/<digest>.bpmn")
def process_xml(digest: str) -> Response:
    """Return the diagram of a process version."""
    row = administration.version(db.session(), digest)
    compiled = process_queries.version_of(db.session(), row.digest)
    return Response(diagrams.in_readers_language(compiled), mimetype="application/xml")


@bp.get("/papers")
def papers() -> str:
    """List every kind of paper: who makes it, how it is served, what it says and where that comes from."""
    groups = [(word("papers", name), kinds) for name, kinds in catalogue.GROUPS.items()]
    return render_template("administration/papers.html", groups=groups)


@bp.get("/incidents")
def incidents() -> str:
    """List what broke and waits for somebody."""
    settled = request.args.get("settled") == "1"
    rows = administration.incidents(db.session(), settled=settled)
    return render_template("administration/incidents.html", incidents=rows, settled=settled)


@bp.post("/incidents/<int:incident_id>/retry")
def retry(incident_id: int) -> Answer:
    """Try a broken act again."""
    try:
        row = attempts.retry(db.session(), incident_id, by=me())
        if row.settled_how == "overtaken":
            flash(gettext("%(reference)s 已由他人办理，无需重试", reference=row.reference), "info")
        else:
            flash(gettext("%(reference)s 已重试成功", reference=row.reference), "success")
    except attempts.Failed as failed:
        flash(gettext("%(reference)s 重试仍未成功，原因已更新", reference=failed.reference), "error")
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
    return redirect(url_for(".incidents"), 303)


@bp.get("/jobs")
def jobs() -> str:
    """Show what the jobs still have before them, and whether e-mail goes out at all."""
    sends_mail = bool(current_app.config["PEIYOU"].SMTP_URL)
    return render_template(
        "administration/jobs.html", backlog=administration.backlog(db.session()), sends_mail=sends_mail
    )


@bp.route("/audit", methods=("GET", "POST"), endpoint="audit")
def check_histories() -> str:
    """Check the chain of every history; show the first event that does not fit, and which case is missing."""
    flaws = None
    if request.method == "POST":
        _, flaws = audit.verify_all(db.session())
    return render_template("administration/audit.html", flaws=flaws)
