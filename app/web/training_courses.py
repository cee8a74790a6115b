"""Courses: drawn up, published, changed and cancelled; and the page on which units sign their people up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app import clock, policy
from app.domain.errors import RuleBroken
from app.domain.roster.training import CourseState, Subject, Terms
from app.edge.sentences import sentence
from app.models import TrainingCourse, db
from app.queries import filters
from app.queries import training as queries
from app.services.changing import changing
from app.services.roster import training
from app.web.security import me
from app.web.words import word

bp = Blueprint("training_courses", __name__, url_prefix="/training/courses")


@bp.get("")
def index() -> str:
    """List every course, also those that are over."""
    user = me()
    state = filters.one_of(request.args.get("state"), list(CourseState), "", "state", "没有这种状态")
    subject = filters.one_of(request.args.get("subject"), list(Subject), "", "subject", "没有这种培训内容")
    return render_template(
        "training/courses.html",
        courses=queries.courses(db.session(), user, state=state, subject=subject),
        now=clock.now(),
        state=state,
        states=[(one.value, word("course_state", one)) for one in CourseState],
        subject=subject,
        subjects=[(one.value, word("training_subject", one)) for one in Subject],
        may_draw_up=policy.may(user, "training_course.draw_up"),
        sees_all=policy.sees_training(user, None),
    )


@bp.get("/new")
def new() -> str:
    """Ask what a new course says."""
    return _write_page(_form(), None)


@bp.post("/new", endpoint="create")
def create() -> Response | tuple[str, int]:
    """Begin a course, or show what is wrong with it."""
    form = _form(request.form)
    if not form.validate():
        return _write_page(form, None), 422
    try:
        with changing(db.session):
            course = training.draw_up(db.session(), _terms(form.answers()), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _write_page(form, None), 422
    return redirect(url_for(".show", course_id=course.id), 303)


@bp.get("/<int:course_id>")
def show(course_id: int) -> str:
    """Show one course, and what can be done with it."""
    return page(queries.course_for(db.session(), me(), course_id))


@bp.get("/<int:course_id>/edit")
def edit(course_id: int) -> str:
    """Ask what a course says from now on."""
    course = queries.course_for(db.session(), me(), course_id)
    policy.check(me(), "training_course.draw_up", course)
    return _write_page(_form(data=_data_of(course)), course)


@bp.post("/<int:course_id>/edit")
def rewrite(course_id: int) -> Response | tuple[str, int]:
    """Change what a course says, or show what is wrong with it."""
    course = queries.course_for(db.session(), me(), course_id)
    policy.check(me(), "training_course.draw_up", course)
    form = _form(request.form)
    if not form.validate():
        return _write_page(form, course), 422
    try:
        with changing(db.session):
            training.rewrite(db.session(), course, _terms(form.answers()), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _write_page(form, queries.course_for(db.session(), me(), course_id)), 422
    flash(gettext("课程已保存"), "success")
    return redirect(url_for(".show", course_id=course_id), 303)


@bp.post("/<int:course_id>/publication")
def publish(course_id: int) -> Response:
    """Open a course to those who sign up."""
    return _does(course_id, lambda course: training.publish(db.session(), course, by=me()), gettext("已发布"))


@bp.post("/<int:course_id>/discard")
def discard(course_id: int) -> Response:
    """Throw a draft away."""
    course = queries.course_for(db.session(), me(), course_id)
    with changing(db.session):
        training.discard(db.session(), course, by=me())
    flash(gettext("草稿已删除"), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/<int:course_id>/cancellation")
def cancel(course_id: int) -> Response | tuple[str, int]:
    """Cancel a course, with the reason that its people are told."""
    course = queries.course_for(db.session(), me(), course_id)
    policy.check(me(), "training_course.publish", course)
    form = forms.build("desk:training_cancellation", request.form, facts={})
    if not form.validate():
        return page(course, cancellation=form), 422
    because = form.answers()["because"]
    return _does(
        course_id,
        lambda course: training.cancel(db.session(), course, because=because, by=me()),
        gettext("课程已取消，报名的单位已收到通知"),
    )


def _does(course_id: int, act: Callable[[TrainingCourse], object], told: str) -> Response:
    course = queries.course_for(db.session(), me(), course_id)
    try:
        with changing(db.session):
            act(course)
        flash(told, "success")
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
    return redirect(url_for(".show", course_id=course_id), 303)


# -- what the pages are made of ----------------------------------------------------------------------------------------


def page(course: TrainingCourse, signup: Any = None, cancellation: Any = None) -> str:
    """Return the page of a course; ``signup`` or ``cancellation`` is the form that was refused."""
    session, user, now = db.session(), me(), clock.now()
    state = CourseState(course.state)
    is_open = state is CourseState.OPEN
    published, planned = policy.may(user, "training_course.publish"), policy.may(user, "training_course.draw_up")
    before = now < course.begins_at
    return render_template(
        "training/course.html",
        course=course,
        now=now,
        seats=queries.seats(session, user, course),
        queue=queries.queue(session, course),
        own=user.organization_ids,
        signup=signup or (signup_form(course) if is_open and now < course.signup_until else None),
        cancellation=cancellation or forms.build("desk:training_cancellation", facts={}),
        sees_all=policy.sees_training(user, course),
        may_edit=(state is CourseState.DRAFT and planned) or (is_open and published and before),
        may_publish=state is CourseState.DRAFT and published,
        may_discard=state is CourseState.DRAFT and planned,
        may_cancel=is_open and published,
        may_withdraw=is_open and before,
        may_record=state in (CourseState.OPEN, CourseState.HELD) and planned and not before,
        may_conclude=is_open and planned and now >= course.ends_at,
        may_reveal=planned,
    )


def signup_form(course: TrainingCourse, given: Any = None) -> Any:
    """Return the form on which this person signs people up; nothing where they act for no unit that may take part."""
    units = queries.units(db.session(), me(), members_only=course.members_only)
    if not units:
        return None
    facts = {"organizations": [(one.id, one.name) for one in units], "several": len(units) > 1}
    return forms.build("desk:training_signup", given, facts=facts)


def _form(given: Any = None, data: Any = None) -> Any:
    return forms.build("desk:training_course", given, facts={}, data=data)


def _write_page(form: Any, course: TrainingCourse | None) -> str:
    return render_template("training/write.html", form=form, course=course)


def _data_of(course: TrainingCourse) -> dict[str, Any]:
    terms = course.terms
    return {
        "name": terms.title,
        "subject": terms.subject.value,
        "about": terms.about,
        "teacher": terms.teacher,
        "provider": terms.provider,
        "venue": terms.venue,
        "begins_at": terms.begins_at,
        "ends_at": terms.ends_at,
        "signup_until": terms.signup_until,
        "hours": terms.hours,
        "places": terms.places,
        "members_only": terms.members_only,
        "pass_mark": terms.pass_mark,
    }


def _terms(answers: Any) -> Terms:
    return Terms(
        title=answers["name"],
        subject=Subject(answers["subject"]),
        teacher=answers["teacher"],
        provider=answers["provider"],
        venue=answers["venue"],
        begins_at=datetime.fromisoformat(answers["begins_at"]),
        ends_at=datetime.fromisoformat(answers["ends_at"]),
        signup_until=datetime.fromisoformat(answers["signup_until"]),
        hours=Decimal(answers["hours"]),
        places=answers["places"],
        members_only=bool(answers["members_only"]),
        pass_mark=answers["pass_mark"],
        about=answers["about"],
    )
