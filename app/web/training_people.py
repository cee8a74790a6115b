"""Who takes part in a course: signed up by a unit, recorded by whoever was at the door, and given a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app import clock, policy
from app.domain.awards.payments import BadRow
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.roster.training import SeatState
from app.edge import sheets as edge
from app.edge.sentences import sentence
from app.models import Organization, TrainingCourse, db
from app.queries import training as queries
from app.services import settings
from app.services.changing import changing
from app.services.roster import training_results, training_seats
from app.services.roster.training_results import Result
from app.services.roster.training_seats import Attendee
from app.web import training_courses
from app.web.security import address, me
from forms.training import ABSENT, CAME

bp = Blueprint("training_people", __name__, url_prefix="/training")


@bp.post("/courses/<int:course_id>/people")
def sign_up(course_id: int) -> Response | tuple[str, int]:
    """Sign people of a unit up, or show what is wrong."""
    course = queries.course_for(db.session(), me(), course_id)
    form = training_courses.signup_form(course, request.form)
    if form is None:
        raise NotAllowed("您没有办理这一事项的权限")
    if row := request.form.get("change_rows"):
        form.change_rows(row)
        return training_courses.page(course, signup=form), 200
    if not form.validate():
        return training_courses.page(course, signup=form), 422
    answers = form.answers()
    people = [Attendee(one["name"], one["position"], one["phone"]) for one in answers["people"]]
    try:
        with changing(db.session):
            unit = db.session.get_one(Organization, answers.get("unit") or next(iter(form.known["organizations"]))[0])
            made = training_seats.sign_up(db.session(), course, unit, people, by=me())
            waiting = sum(seat.state == SeatState.WAITING for seat in made)
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return training_courses.page(queries.course_for(db.session(), me(), course_id), signup=form), 422
    if waiting:
        told = gettext("已登记 %(n)s 人，其中 %(m)s 人候补；有人退出时依次递补，并通知您", n=len(made), m=waiting)
        flash(told, "warning")
    else:
        flash(gettext("已报名 %(n)s 人", n=len(made)), "success")
    return redirect(url_for("training_courses.show", course_id=course_id), 303)


@bp.post("/people/<int:seat_id>/withdrawal")
def withdraw(seat_id: int) -> Response:
    """Take somebody of one's own unit off a course."""
    seat = queries.seat_for(db.session(), me(), seat_id)
    course_id = seat.course_id
    with changing(db.session):
        training_seats.withdraw(db.session(), seat, by=me())
    flash(gettext("已退出"), "success")
    return redirect(url_for("training_courses.show", course_id=course_id), 303)


@bp.route("/people/<int:seat_id>/phone", methods=("GET", "POST"))
def phone(seat_id: int) -> tuple[str, int]:
    """Show the phone number of somebody in full, once, with a reason that stays on record."""
    seat = queries.attendee_for(db.session(), me(), seat_id)
    form = forms.build("desk:reveal", request.form if request.method == "POST" else None, facts={})
    value = None
    if request.method == "POST" and form.validate():
        reason = form.answers()["reason"]
        with changing(db.session):
            value = training_results.phone(db.session(), seat, reason=reason, by=me(), address=address())
        seat = queries.attendee_for(db.session(), me(), seat_id)
    return render_template("training/phone.html", seat=seat, form=form, value=value), 422 if form.errors else 200


# -- who came ----------------------------------------------------------------------------------------------------------


@bp.get("/courses/<int:course_id>/results")
def results(course_id: int) -> str:
    """Ask who came, and how they did."""
    return _results_page(_to_record(course_id))


@bp.post("/courses/<int:course_id>/results", endpoint="record")
def record(course_id: int) -> Response | tuple[str, int]:
    """Record who came, and how they did."""
    course = _to_record(course_id)
    form = _results_form(course, request.form)
    if not form.validate():
        return _results_page(course, form), 422
    found = [Result(one["seat"], one["came"] == CAME, one["points"]) for one in form.answers()["results"]]
    try:
        with changing(db.session):
            changed = training_results.record(db.session(), course, found, by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _results_page(_to_record(course_id), form), 422
    flash(gettext("已登记，有变动的 %(n)s 人", n=changed), "success")
    return redirect(url_for(".results", course_id=course_id), 303)


@bp.get("/courses/<int:course_id>/results.xlsx")
def sheet(course_id: int) -> Response:
    """Return the list of who has a place, to be signed at the door and filled in."""
    course = queries.course_for(db.session(), me(), course_id)
    return edge.handed_out(training_results.written(db.session(), course, by=me()), f"签到表-{course.title}.xlsx")


@bp.post("/courses/<int:course_id>/results/sheet")
def load(course_id: int) -> Response | tuple[str, int]:
    """Record what a spreadsheet says; a file with a bad row changes nothing."""
    course = _to_record(course_id)
    try:
        data = edge.sent(request)
        with changing(db.session):
            changed, bad = training_results.load(db.session(), course, data, by=me())
    except RuleBroken as refusal:
        return _results_page(_to_record(course_id), error=sentence(refusal)), 422
    if bad:
        return _results_page(_to_record(course_id), bad=bad), 422
    flash(gettext("已登记，有变动的 %(n)s 人", n=changed), "success")
    return redirect(url_for(".results", course_id=course_id), 303)


@bp.post("/courses/<int:course_id>/conclusion")
def conclude(course_id: int) -> Response:
    """Close a course that is over, and give out certificates."""
    course = _to_record(course_id)
    try:
        with changing(db.session):
            given = training_results.conclude(db.session(), course, by=me())
        flash(gettext("课程已办结，发放证书 %(n)s 份", n=given), "success")
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
    return redirect(url_for("training_courses.show", course_id=course_id), 303)


def _to_record(course_id: int) -> TrainingCourse:
    course = queries.course_for(db.session(), me(), course_id)
    policy.check(me(), "training_course.record", course)
    return course


def _results_form(course: TrainingCourse, given: Any = None) -> Any:
    seats = queries.seated(db.session(), course)
    rows = [
        {
            "seat": seat.id,
            "came": None if seat.attended is None else CAME if seat.attended else ABSENT,
            "points": seat.points,
        }
        for seat in seats
    ]
    facts = {"seats": [(seat.id, f"{seat.name}（{seat.organization.name}）") for seat in seats]}
    return forms.build("desk:training_results", given, facts=facts, data={"results": rows} if given is None else None)


def _results_page(course: TrainingCourse, form: Any = None, *, error: str = "", bad: Sequence[BadRow] = ()) -> str:
    return render_template(
        "training/results.html",
        course=course,
        begun=course.begins_at <= clock.now(),
        form=form or _results_form(course),
        error=error,
        bad=[(one.number, sentence(one.refusal)) for one in bad],
    )


# -- certificates ------------------------------------------------------------------------------------------------------


@bp.get("/certificates/<certificate>")
def certificate(certificate: str) -> str:
    """Show a certificate as it is printed."""
    seat = queries.certificate_for(db.session(), me(), certificate)
    office = str(settings.get(db.session(), "office.name"))
    where = url_for("training.verify", number=seat.certificate, _external=True)
    return render_template("training/certificate.html", seat=seat, office=office, where=where)
