"""The calendar of hearings and mediation sessions: a month on a page, and an address for one's own calendar."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, format_date, gettext
from werkzeug.wrappers import Response as Answer

from app import clock
from app.domain.errors import NotFound
from app.models import db
from app.queries import meetings, people
from app.services import feeds, throttling
from app.services.changing import changing
from app.web.feeds import written
from app.web.security import address, me

bp = Blueprint("hearings", __name__, url_prefix="/hearings")

MOST, SECONDS = 20, 600  # addresses that one person makes


@bp.get("")
def index() -> str:
    """Show a month."""
    wanted = meetings.wanted_from(request.args)
    session, user = db.session(), me()
    month = meetings.month(session, user, wanted)
    return render_template(
        "hearings/index.html",
        wanted=wanted,
        month=month,
        month_name=format_date(month.first, gettext("y年M月")),
        may_choose=meetings.may_choose(user),
        sees_the_units=meetings.sees_the_units(user),
        feed=people.feed_of(session, user),
        me=user,
        today=clock.today(),
    )


@bp.post("")  # where the page is, so that a change of language leads back to it
def make() -> str:
    """Make a secret address for one's own calendar, in place of the one before, and show it once."""
    with changing(db.session):
        throttling.count(db.session(), f"feed:{me().id}", limit=MOST, seconds=SECONDS)
    with changing(db.session):
        token = feeds.make(db.session(), by=me(), address=address())
    whose = {"whose": "mine"} if request.form.get("whose") == "mine" else {}
    return render_template("hearings/feed.html", href=url_for(".feed", token=token, _external=True, **whose))


@bp.post("/feed/end")
def end() -> Answer:
    """Let the address lead nowhere from now on."""
    with changing(db.session):
        feeds.end(db.session(), by=me(), address=address())
    flash(gettext("日历订阅已停用，原来的地址不再有效"), "success")
    return redirect(url_for(".index"), 303)


@bp.get("/feed/<token>.ics")
def feed(token: str) -> Answer:
    """Hand out the calendar of whoever made this address, with what they may see at this moment."""
    session = db.session()
    user = feeds.subscriber(session, token)
    if user is None:
        raise NotFound("feed")
    found = meetings.of_ones_own(session, user, meetings.wanted_from(request.args).whose)
    links = {one.case.id: url_for("cases.show", case_id=one.case.id, _external=True) for one in found}
    host = urlsplit(current_app.config["PEIYOU"].PUBLIC_URL).hostname or "localhost"
    with force_locale(user.language):
        body = written(found, meetings.changes(session, found), owner=user.id, host=host, links=links)
    answer = Response(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = "inline; filename=hearings.ics"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)
