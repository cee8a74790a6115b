"""Which page is for whom: an endpoint without a line is refused, and a test fails."""

from __future__ import annotations

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.models import User
from app.policy import (
    directs_the_city_bureau,
    finances_or_directs,
    handles_objections,
    has_seats,
    has_the_purse,
    has_to_do_with_awards,
    is_admin,
    is_caseworker,
    is_clerk_or_admin,
    is_official,
    is_supervisor_or_director,
    reviews_awards,
    reviews_or_directs,
)

OPEN = "open"


def anybody(user: User, _thing: object) -> bool:
    """Everybody who has signed in."""
    return user.active


# Each endpoint is open to strangers, or for those who pass a test; which case, task or file they may have is asked
# again where it is fetched.
PAGES = {
    "static": OPEN,
    "health.alive": OPEN,
    "health.ready": OPEN,
    "public.home": OPEN,
    "public.guides": OPEN,
    "public.guide": OPEN,
    "public.progress": OPEN,
    "public.privacy": OPEN,
    "decisions.index": OPEN,
    "decisions.show": OPEN,
    "decisions.paper": OPEN,
    "notices.index": OPEN,
    "notices.show": OPEN,
    "notices.objecting": OPEN,
    "notices.file": OPEN,
    "notices.receipt": OPEN,  # for the browser that filed it
    "language.switch": OPEN,
    "sessions.new": OPEN,
    "sessions.create": OPEN,
    "sessions.code": OPEN,
    "sessions.check_code": OPEN,
    "sessions.end": anybody,
    "signup.new": OPEN,
    "signup.create": OPEN,
    "signup.invited": OPEN,
    "signup.accept": OPEN,
    "profile.show": anybody,
    "profile.update": anybody,
    "profile.phone": anybody,
    "profile.password": anybody,
    "profile.change_password": anybody,
    "profile.end_sessions": anybody,
    "profile.revoke": anybody,
    "profile.licence": anybody,
    "profile.hand_in_licence": anybody,
    "profile.declare": is_official,
    "profile.withdraw": is_official,
    "profile.absence": is_official,
    "profile.appoint": is_official,
    "profile.end_absence": is_official,
    "second_factor.show": anybody,
    "second_factor.begin": anybody,
    "second_factor.confirm": anybody,
    "second_factor.renew": anybody,
    "second_factor.end": anybody,
    "people.index": is_admin,
    "people.new": is_admin,
    "people.create": is_admin,
    "people.show": is_admin,
    "people.update": is_admin,
    "people.give_role": is_admin,
    "people.take_role": is_admin,
    "people.deactivate": is_admin,
    "people.reactivate": is_admin,
    "people.unlock": is_admin,
    "people.reset_password": is_admin,
    "people.reset_second_factor": is_admin,
    "people.units": is_admin,
    "people.new_unit": is_admin,
    "people.unit": is_admin,
    "organizations.index": is_clerk_or_admin,
    "organizations.show": is_clerk_or_admin,
    "organizations.verify": is_clerk_or_admin,
    "organizations.rename": is_clerk_or_admin,
    "organizations.licence": is_clerk_or_admin,
    "hearings.index": anybody,
    "hearings.make": anybody,
    "hearings.end": anybody,
    "hearings.feed": OPEN,  # for whoever knows the secret address that somebody made for their own calendar
    "in_hand.index": has_seats,
    "workbench.index": anybody,
    "workbench.bulk": is_official,
    "workbench.save_view": anybody,
    "workbench.choose_columns": anybody,
    "workbench.delete_view": anybody,
    "tasks.show": anybody,
    "tasks.work": anybody,
    "tasks.claim": is_official,
    "tasks.release": is_official,
    "tasks.hand_over": is_official,
    "tasks.urge": is_official,
    "tasks.preview": anybody,
    "tasks.agreement": anybody,
    "tasks.decision": anybody,
    "cases.index": anybody,
    "cases.show": anybody,
    "cases.paper": anybody,
    "cases.start": anybody,
    "cases.check": anybody,
    "cases.file": anybody,
    "cases.act": anybody,
    "cases.do": anybody,
    "cases.preview": anybody,
    "cases.note": is_official,
    "cases.follow": anybody,
    "cases.reveal": is_official,
    "cases.explain": anybody,
    "links.new": is_official,
    "links.create": is_official,
    "links.remove": is_official,
    "invitations.create": is_official,
    "invitations.create_for_agent": anybody,
    "diagrams.show": anybody,
    "diagrams.xml": anybody,
    "diagrams.position": anybody,
    "drafts.save": anybody,
    "drafts.discard": anybody,
    "files.upload": anybody,
    "files.download": anybody,
    "files.document": anybody,
    "matters.index": anybody,
    "messages.index": anybody,
    "messages.read": anybody,
    "serving.index": is_caseworker,
    "supervision.index": is_supervisor_or_director,
    "supervision.urge": is_supervisor_or_director,
    "supervision.overview": is_supervisor_or_director,
    "supervision.sent": is_supervisor_or_director,
    "supervision.figures": is_supervisor_or_director,
    "supervision.bottlenecks": is_supervisor_or_director,
    "supervision.bottleneck": is_supervisor_or_director,
    "supervision.diagram": is_supervisor_or_director,
    "supervision.position": is_supervisor_or_director,
    "awards.index": OPEN,
    "awards.fit": OPEN,
    "awards.call": OPEN,
    "awards.award": OPEN,
    "award_calls.index": has_to_do_with_awards,
    "award_calls.show": has_to_do_with_awards,
    "award_calls.new": reviews_awards,
    "award_calls.create": reviews_awards,
    "award_calls.edit": reviews_awards,
    "award_calls.rewrite": reviews_awards,
    "award_calls.propose": reviews_awards,
    "award_calls.publish": directs_the_city_bureau,
    "award_calls.add_budget": finances_or_directs,
    "award_calls.load_list": reviews_awards,
    "award_calls.list_form": reviews_awards,
    "award_batches.index": has_to_do_with_awards,
    "award_batches.create": reviews_awards,
    "award_batches.show": has_to_do_with_awards,
    "award_batches.drop": reviews_or_directs,
    "award_batches.announce": reviews_awards,
    "award_batches.approve": directs_the_city_bureau,
    "payment_lists.index": has_to_do_with_awards,
    "payment_lists.create": has_the_purse,
    "payment_lists.show": has_to_do_with_awards,
    "payment_lists.sheet": has_the_purse,
    "payment_lists.result_form": has_the_purse,
    "payment_lists.load": has_the_purse,
    "objections.index": handles_objections,
    "objections.show": anybody,  # whoever does not handle it is told that there is nothing
    "objections.accept": anybody,
    "objections.turn_down": anybody,
    "objections.decide": anybody,
    "objections.reveal": anybody,
    "objections.paper": anybody,
    "award_options.index": has_to_do_with_awards,
    "award_options.choose": directs_the_city_bureau,
    "award_schedule.index": has_to_do_with_awards,
    "award_schedule.show": has_to_do_with_awards,
    "award_schedule.dmn": has_to_do_with_awards,
    "award_schedule.begin": reviews_awards,
    "award_schedule.new_line": reviews_awards,
    "award_schedule.add_line": reviews_awards,
    "award_schedule.line": reviews_awards,
    "award_schedule.change_line": reviews_awards,
    "award_schedule.drop_line": reviews_awards,
    "award_schedule.propose": reviews_awards,
    "award_schedule.discard": reviews_awards,
    "award_schedule.publish": directs_the_city_bureau,
    "administration.index": is_admin,
    "calendar.index": is_admin,
    "calendar.change": is_admin,
    "calendar.show": is_admin,
    "settings.index": is_admin,
    "settings.change": is_admin,
    "administration.papers": is_admin,
    "administration.processes": is_admin,
    "administration.process": is_admin,
    "administration.process_xml": is_admin,
    "administration.incidents": is_admin,
    "administration.retry": is_admin,
    "administration.jobs": is_admin,
    "administration.audit": is_admin,
}


def install(app: Flask) -> None:
    """Ask the table before every request."""
    app.before_request(_guard)


def asks_who(endpoint: str | None) -> bool:
    """Say whether a page is only for people who have signed in."""
    return PAGES.get(endpoint or "", OPEN) is not OPEN


def _guard() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint.startswith("api."):
        return None  # the API has a table of its own
    rule = PAGES.get(endpoint)
    if rule is None:
        abort(403)
    if rule is OPEN:
        return None
    if not current_user.is_authenticated:
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("sessions.new", next=target), 303)
    if not rule(current_user._get_current_object(), None):  # type: ignore[operator]
        abort(403)
    return None
