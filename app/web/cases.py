"""The case file, filing a request, and the acts beside the main line."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

import forms
from app import engine, policy
from app.domain import scopes
from app.domain.errors import NotFound, NotNow, RuleBroken, Stale
from app.domain.masking import Protected
from app.domain.states import stages
from app.edge.addresses import number
from app.edge.sentences import sentence
from app.models import Agent, Case, Deadline, Document, db
from app.queries import (
    alike,
    casefile,
    deadlines,
    drafts,
    facts,
    histories,
    naming,
    openings,
    processes,
    serving,
    sessions,
    sight,
    submissions,
)
from app.queries import cases as queries
from app.queries.periods import pauses_of
from app.services import attempts, cases, desk, once
from app.services.changing import changing
from app.services.once import Repeated
from app.web import clocks as periods
from app.web import diagrams, menu, previews, timebars, uploads
from app.web.answers import Kept, kept
from app.web.drafts import keep_refused, keep_typed
from app.web.security import me

bp = Blueprint("cases", __name__, url_prefix="/cases")
bp.add_app_template_global(lambda: request.form.get("once") or secrets.token_urlsafe(16), "form_key")

# Where what an act made is found; after any other the story says what happened.
SHOWN_IN = {"to_adjudication": "documents"}
TABS = ("story", "answers", "documents", "clocks", "diagram", "notes")


@bp.get("")
def index() -> str:
    """List the cases this person may see, newest first, with a search."""
    wanted = casefile.search_from(request.args)
    page = casefile.page(db.session(), me(), wanted)
    states = sight.states(db.session(), me(), page.items)
    several = len({case.unit_id for case in page.items}) > 1  # else the column says the same in every row
    first_due = deadlines.first_due(db.session(), page.items) if me().is_official else None
    return render_template(
        "cases/index.html", wanted=wanted, page=page, states=states, several_units=several, first_due=first_due
    )


@bp.get("/<int:case_id>")
def show(case_id: int) -> str:
    """Show a case: where it stands, what is to do now, and everything that belongs to it."""
    case = queries.case_for(db.session(), me(), case_id)
    tab = request.args.get("tab", "story")
    coming = sessions.coming(db.session(), me(), [case.id]).get(case.id)
    inviting = policy.may(me(), "party.invite", case)
    file = casefile.casefile(db.session(), me(), case)
    return render_template(
        "cases/show.html",
        case=case,
        agents_to_invite={a.id for a in _agents(case) if policy.may(me(), "agent.invite", a)},
        to_invite=casefile.without_account(db.session(), case) if inviting else (),
        tab=tab if tab in TABS else "story",
        file=file,
        left=periods.left_of(db.session(), file.deadlines),
        coming=coming,
        expected=sessions.is_expected(me(), case, coming),
        stages=stages(case.kind, histories.stood_at(db.session(), case, file.state)),
        acts=[(name, forms.FORMS[f"act:{name}"]) for name in cases.offered_acts(db.session(), case, me())],
        may=policy.may,
        me=me(),
        note_form=forms.build("desk:note", facts={}),
        answered=_answered(case) if tab == "answers" else (),
        scale=_scale(case, file.deadlines) if tab == "clocks" else None,
        unserved=_unserved(case) if tab == "documents" else (),
        ways=_ways(case) if tab == "diagram" else (),
    )


@bp.get("/<int:case_id>/paper")
def paper(case_id: int) -> str:
    """Show the whole case as one document, to read or to print."""
    case = queries.case_for(db.session(), me(), case_id)
    file = casefile.casefile(db.session(), me(), case)
    return render_template(
        "cases/paper.html",
        case=case,
        file=file,
        left=periods.left_of(db.session(), file.deadlines),
        answered=_answered(case),
        scale=_scale(case, file.deadlines),
        outline=diagrams.outline_of(case),
        may=policy.may,
        me=me(),
    )


def _scale(case: Case, periods: list[Deadline]) -> timebars.TimeScale | None:
    return timebars.scale_of(periods, pauses_of(db.session(), case.id))


def _unserved(case: Case) -> list[tuple[Document, list[serving.Waiting]]]:
    return serving.to_serve_in(db.session(), case) if policy.may(me(), "act.register_service", case) else []


def _agents(case: Case) -> list[Agent]:
    """Return the agents of the case who have no account."""
    return [a for p in case.parties for a in p.agents if a.until is None and a.user_id is None]


def _ways(case: Case) -> list[tuple[engine.Part, str]]:
    version = processes.version_of(db.session(), case.process_digest)
    return diagrams.ways(version, "diagrams.show", case_id=case.id)


def _answered(case: Case) -> list[Kept]:
    known = naming.known_then(db.session(), me(), case)
    return [kept(one, known) for one in submissions.submissions(db.session(), me(), case)]


@bp.get("/new/<process>")
def start(process: str) -> tuple[str, int]:
    """Show the form that opens a case; what this person typed before is there again."""
    draft = drafts.draft_of(db.session(), me(), scopes.of_start(process))
    form = _start_form(process, data=draft.answers if draft else _from_case(process))
    return render_template("cases/start.html", form=form, process=process, step="form"), 200


def _from_case(process: str) -> dict[str, Any] | None:
    """Return what a request begins with into which this person turned the case that the link names."""
    case_id = number(request.args.get("case", ""))
    draft = drafts.grown_from(db.session(), me(), process, case_id) if case_id else None
    if draft is None or case_id is None:
        return None
    return drafts.request_from(me(), draft, queries.case_for(db.session(), me(), case_id))


@bp.get("/new/<process>/check")
def check(process: str) -> tuple[str, int] | Response:
    """Show once more what was typed, before it is sent; a page of its own, to which a browser can go back."""
    draft = drafts.draft_of(db.session(), me(), scopes.of_start(process))
    form = _start_form(process, data=draft.answers if draft else None)
    if draft is None:
        flash(gettext("没有等待核对的请求；已经提交的列在这里"), "info")
        return redirect(url_for("matters.index"), 303)
    if not form.validate():
        return render_template("cases/start.html", form=form, process=process, step="form"), 422
    running = alike.like_request(db.session(), me(), form.answers())
    key = once.key_of_draft(db.session(), draft, processes.start_form_of(db.session(), process) or "")
    return (
        render_template("cases/start.html", form=form, process=process, step="check", running=running, key=key),
        200,
    )


@bp.post("/new/<process>")
def file(process: str) -> tuple[str, int] | Response:
    """Take the request: first lead to the answers once more, then file it and show its receipt."""
    values, refused = uploads.with_files(request, me())
    form = _start_form(process, values)
    if refused:
        form.validate()
        uploads.refuse(form, refused)
        return _start_refused(process, form, values)
    if row := request.form.get("change_rows"):
        form.change_rows(row)
        return render_template("cases/start.html", form=form, process=process, step="form"), 200
    if not form.validate():
        return _start_refused(process, form, values)
    try:
        if "confirmed" not in request.form:
            with changing(db.session):
                keep_typed(values, scopes.of_start(process))
            return redirect(url_for(".check", process=process), 303)
        case = attempts.carry_out(db.session(), "open", process, form.answers(), _key(), by=me())
    except Repeated as repeated:
        return _as_before(repeated)
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _start_refused(process, form, values)
    flash(gettext("已提交，受理号 %(number)s", number=case.receipt_number), "success")
    return redirect(url_for(".show", case_id=case.id), 303)


def _start_refused(process: str, form: Any, values: MultiDict[str, str]) -> tuple[str, int]:
    """Show a request again with what is wrong in it, and keep it."""
    keep_refused(values, scopes.of_start(process))
    return render_template("cases/start.html", form=form, process=process, step="form"), 422


def _key() -> str:
    return request.form.get("once", "")


def _as_before(repeated: Repeated) -> tuple[str, int]:
    """Say of a form that was sent twice what the first time brought about, and lead there."""
    way = url_for(".show", case_id=repeated.case_id)
    return render_template("errors/409.html", repeated=sentence(repeated), way=way), 409


def _start_form(process: str, formdata: Any = None, data: Any = None) -> Any:
    policy.check(me(), f"case.start.{process}")
    key = processes.start_form_of(db.session(), process)
    if key is None:
        raise NotFound("process")
    known = {**facts.of_start(db.session(), me(), process), "call": request.args.get("call", "")}
    return forms.build(key, formdata, facts=known, data=data)


def _act_form(case: Case, name: str, formdata: Any = None, data: Any = None) -> Any:
    if name not in cases.offered_acts(db.session(), case, me()):
        policy.check(me(), f"act.{name}", case)
        if why := openings.why_not(db.session(), case, name, me()):
            raise NotNow(why)
        raise Stale("案件目前不在可以办理这一事项的阶段")
    cls = forms.FORMS[f"act:{name}"]
    known = facts.of_form(db.session(), case, me(), cls.needs, None)
    return forms.build(f"act:{name}", formdata, facts=known, data=data)


@bp.get("/<int:case_id>/acts/<name>")
def act(case_id: int, name: str) -> str:
    """Show the form of an act beside the main line."""
    case = queries.case_for(db.session(), me(), case_id)
    draft = drafts.draft_of(db.session(), me(), scopes.of_act(case.id, name))
    form = _act_form(case, name, data=draft.answers if draft else _from_link(case, name))
    return _act_page(case, name, form)[0]


def _act_page(case: Case, name: str, form: Any, status: int = 200) -> tuple[str, int]:
    return render_template("cases/act.html", case=case, name=name, form=form, previews=name in previews.ACTS), status


def _from_link(case: Case, name: str) -> dict[str, Any] | None:
    """Return what a link to the recording of a service has chosen already, with what was sent and has not come back."""
    if name != "register_service":
        return None
    document, party = (number(request.args.get(what, "")) for what in ("document", "party"))
    last = serving.last_attempts(db.session(), case, document) if document else {}
    sent = serving.on_its_way(last).get(party or 0, {})
    sent.pop("result", None)
    return {**({"document": document} if document else {}), **({"party": party} if party else {}), **sent}


@bp.post("/<int:case_id>/acts/<name>")
def do(case_id: int, name: str) -> tuple[str, int] | Response:
    """Do an act beside the main line."""
    case = queries.case_for(db.session(), me(), case_id)
    values, refused = uploads.with_files(request, me())
    form = _act_form(case, name, values)
    answered = form.validate()
    if uploads.refuse(form, refused) or not answered:
        return _act_refused(case_id, name, form, values)
    try:
        attempts.carry_out(db.session(), "act", case.id, name, form.answers(), _key(), by=me())
    except Repeated as repeated:
        return _as_before(repeated)
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _act_refused(case_id, name, form, values)
    flash(gettext("已办理"), "success")
    if not queries.may_see(db.session(), me(), case_id):  # whoever steps aside sees the case no more
        return redirect(menu.home(me()), 303)
    return redirect(url_for(".show", case_id=case_id, tab=SHOWN_IN.get(name)), 303)


def _act_refused(case_id: int, name: str, form: Any, values: MultiDict[str, str]) -> tuple[str, int]:
    """Show an act again with what is wrong in it, and keep it."""
    keep_refused(values, scopes.of_act(case_id, name))
    return _act_page(queries.case_for(db.session(), me(), case_id), name, form, 422)


@bp.post("/<int:case_id>/acts/<name>/preview")
def preview(case_id: int, name: str) -> tuple[str, int] | Response:
    """Show the letters that an act with these answers would issue, marked as previews; nothing is kept."""
    case = queries.case_for(db.session(), me(), case_id)
    values, refused = uploads.with_files(request, me())
    form = _act_form(case, name, values)
    answered = form.validate()
    if not uploads.refuse(form, refused) and answered:
        try:
            return previews.letters("act", case.id, name, form.answers(), "")
        except RuleBroken as refusal:
            case = queries.case_for(db.session(), me(), case_id)
            form.refuse(refusal.field, sentence(refusal))
    return _act_page(case, name, form, 422)


@bp.post("/<int:case_id>/notes")
def note(case_id: int) -> Response:
    """Add a remark among the officials of a case."""
    case = queries.case_for(db.session(), me(), case_id)
    form = forms.build("desk:note", request.form, facts={})
    if form.validate():
        with changing(db.session):
            desk.add_note(db.session(), case, text=form.answers()["text"], by=me())
    else:
        flash(gettext("请填写备注内容"), "error")
    return redirect(url_for(".show", case_id=case_id, tab="notes"), 303)


@bp.post("/<int:case_id>/follow")
def follow(case_id: int) -> Response:
    """Follow a case, or stop following it."""
    case = queries.case_for(db.session(), me(), case_id)
    with changing(db.session):
        following = desk.toggle_follow(db.session(), case, by=me())
    flash(gettext("已关注") if following else gettext("已取消关注"), "success")
    return redirect(url_for(".show", case_id=case_id), 303)


@bp.route("/<int:case_id>/parties/<int:party_id>/<what>", methods=("GET", "POST"))
def reveal(case_id: int, party_id: int, what: str) -> tuple[str, int]:
    """Show a protected value in full, once, with a reason that stays on record."""
    case = queries.case_for(db.session(), me(), case_id)
    policy.check(me(), "case.reveal", case)
    party = next((p for p in case.parties if p.id == party_id), None)
    if party is None or what not in set(Protected):
        raise NotFound("party")
    form = forms.build("desk:reveal", request.form if request.method == "POST" else None, facts={})
    value = None
    if request.method == "POST" and form.validate():
        with changing(db.session):
            value = desk.reveal(db.session(), case.id, party_id, what, reason=form.answers()["reason"], by=me())
    status = 422 if form.errors else 200
    return render_template("cases/reveal.html", case=case, party=party, what=what, form=form, value=value), status


@bp.get("/<int:case_id>/clocks/<int:deadline_id>")
def explain(case_id: int, deadline_id: int) -> str:
    """Show how a due date was counted, day by day."""
    case = queries.case_for(db.session(), me(), case_id)
    deadline = casefile.deadline_for(db.session(), me(), case, deadline_id)
    lines = periods.explained(db.session(), deadline)
    left = periods.left_of(db.session(), [deadline])
    return render_template("cases/explain.html", case=case, deadline=deadline, left=left, lines=lines)
