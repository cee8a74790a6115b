"""The menu: what this person can go to, with the number of unread messages."""

from __future__ import annotations

from flask import Flask, request, url_for
from flask_babel import gettext
from flask_login import current_user

from app.models import User, db
from app.policy import (
    handles_objections,
    has_to_do_with_awards,
    has_to_do_with_the_programme,
    is_admin,
    is_caseworker,
    is_clerk_or_admin,
    is_supervisor,
    is_supervisor_or_director,
    looks_at_the_roster,
    watches_the_programme,
)
from app.queries import messages
from app.web.presenting import MenuItem

ADMINISTRATION = ("administration.", "calendar.", "people.", "settings.")
AWARDS = ("award_calls.", "award_batches.", "payment_lists.", "award_schedule.", "award_options.")
TRAINING = ("training.", "training_courses.", "training_people.")
ROSTER = (
    "roster.",
    "roster_batches.",
    "roster_criteria.",
    "contacts.",
    "service_package.",
    "visits.",
    "projects.",
    *TRAINING,
)
POLICIES = ("policies.", "policy_pushes.")
PROGRAMME = (
    "programme.",
    "targets.",
    "target_values.",
    "district_tasks.",
    "supports.",
    "published_policies.",
    *POLICIES,
)
REQUESTS = ("matters.", "cases.start", "cases.check", "cases.file")  # where a request is written


def install(app: Flask) -> None:
    """Give the menu to every page."""
    app.context_processor(lambda: {"menu": entries(), "unread": _unread()})


def entries() -> list[MenuItem]:
    """Return the menu of whoever is asking."""
    user = current_user
    if not user.is_authenticated:
        return [
            _entry(gettext("办事指南"), "public.guides", "public.guide"),
            _entry(gettext("奖励与资助"), "awards.index"),
            _entry(gettext("政策"), "policies.index"),
            _entry(gettext("进度查询"), "public.progress", "public.progress"),
            _entry(gettext("公示"), "notices.index"),
            _entry(gettext("裁决公开"), "decisions.index"),
        ]
    return [*_work(user), *_outside(user), *_desks(user)]


def _work(user: User) -> list[MenuItem]:
    """Return what somebody works on every day."""
    found = []
    if user.is_official:
        found.append(_entry(gettext("工作台"), "workbench.index"))
    if user.organization_ids or not user.is_official:
        found.append(_entry(gettext("我的事项"), "matters.index", REQUESTS))
    if not is_admin(user, None):
        writes = any(entry.active for entry in found)
        found.append(_entry(gettext("案件"), "cases.index", "cases.index" if writes else "cases."))
    if is_caseworker(user, None):
        found.append(_entry(gettext("待送达"), "serving.index"))
    if has_to_do_with_awards(user, None):
        found.append(_entry(gettext("奖励"), "award_calls.index", AWARDS))
    if looks_at_the_roster(user, None):
        found.append(_entry(gettext("名录"), "roster.index", ROSTER))
    if has_to_do_with_the_programme(user, None):
        first = "programme.index" if watches_the_programme(user, None) else "targets.index"
        found.append(_entry(gettext("目标"), first, PROGRAMME))
    return found


def _outside(user: User) -> list[MenuItem]:
    """Return what the office offers to units and people outside."""
    if user.is_official:
        return []
    found = [_entry(gettext("奖励"), "awards.index"), _entry(gettext("政策"), "policies.index", POLICIES)]
    if user.organization_ids:
        found.append(_entry(gettext("培训"), "training.index", TRAINING))
        found.append(_entry(gettext("项目"), "own_projects.index"))
    return found


def _desks(user: User) -> list[MenuItem]:
    """Return what is open to everybody, and what somebody answers for beside their cases."""
    found = [_entry(gettext("公示"), "notices.index")]
    if handles_objections(user, None):
        found.append(_entry(gettext("异议"), "objections.index"))
    if is_supervisor_or_director(user, None):
        found.append(_entry(gettext("督办"), "supervision.index"))
    if is_clerk_or_admin(user, None):
        found.append(_entry(gettext("单位核验"), "organizations.index"))
    if is_admin(user, None):
        found.append(_entry(gettext("系统管理"), "administration.index", ADMINISTRATION))
    return found


def home(user: User) -> str:
    """Return the address of the page where this person's work begins: nobody starts at a list that stays empty."""
    if not user.unit_ids:
        return url_for("matters.index")
    if is_caseworker(user, None):
        return url_for("workbench.index")
    if is_supervisor(user, None):
        return url_for("supervision.index")
    return url_for("administration.index") if is_admin(user, None) else url_for("workbench.index")


def _entry(label: str, endpoint: str, within: str | tuple[str, ...] = ()) -> MenuItem:
    """Return an entry that is marked on all pages of its room, or on those whose endpoints begin with ``within``."""
    here = request.endpoint or ""
    active = here.startswith(within or endpoint.partition(".")[0] + ".")
    return MenuItem(label=label, href=url_for(endpoint), active=active)


def _unread() -> int:
    user: User = current_user
    return messages.unread(db.session(), user) if user.is_authenticated else 0
