"""Pages: one blueprint a noun; every one of them is refused until ``access.PAGES`` says who may see it."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext


def install(app: Flask) -> None:
    """Register the pages, what they look like, and what guards them."""
    from app.edge import addresses, clockshift
    from app.models import db
    from app.queries import periods
    from app.services import settings
    from app.web import (
        access,
        administration,
        award_accounts,
        award_batches,
        award_calls,
        award_options,
        award_schedule,
        awards,
        calendar,
        cases,
        clocks,
        contacts,
        controls,
        decisions,
        diagrams,
        district_tasks,
        drafts,
        files,
        health,
        hearings,
        in_hand,
        invitations,
        language,
        links,
        matters,
        menu,
        messages,
        notices,
        objections,
        organizations,
        own_projects,
        payment_lists,
        people,
        policies,
        policy_pushes,
        presenting,
        profile,
        programme,
        projects,
        public,
        published_policies,
        refusals,
        roster,
        roster_batches,
        roster_criteria,
        second_factor,
        security,
        service_package,
        serving,
        sessions,
        signup,
        supervision,
        supports,
        target_values,
        targets,
        tasks,
        training,
        training_courses,
        training_people,
        visits,
        words,
        workbench,
    )
    from app.web import settings as office_settings

    addresses.install(app)
    clockshift.install(app)
    language.install(app)
    security.install(app)
    access.install(app)
    presenting.install(
        app,
        calendar=lambda: periods.calendar_of(db.session()),
        office=lambda: gettext(str(settings.get(db.session(), "office.name"))),
    )
    controls.install(app)
    words.install(app)
    clocks.install(app)
    menu.install(app)
    refusals.install(app)
    for room in (
        administration,
        award_accounts,
        award_batches,
        award_calls,
        award_options,
        award_schedule,
        awards,
        calendar,
        cases,
        contacts,
        diagrams,
        district_tasks,
        decisions,
        drafts,
        files,
        health,
        hearings,
        in_hand,
        invitations,
        links,
        matters,
        messages,
        notices,
        objections,
        organizations,
        own_projects,
        payment_lists,
        people,
        policies,
        policy_pushes,
        profile,
        projects,
        programme,
        public,
        roster,
        roster_batches,
        published_policies,
        roster_criteria,
        second_factor,
        service_package,
        serving,
        sessions,
        office_settings,
        signup,
        supervision,
        supports,
        target_values,
        targets,
        tasks,
        training,
        training_courses,
        training_people,
        visits,
        workbench,
    ):
        app.register_blueprint(room.bp)
