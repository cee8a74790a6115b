"""Verification of organisations by clerks and administrators."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from app.domain.errors import NotFound, RuleBroken
from app.edge.files import handed_out
from app.edge.sentences import sentence
from app.models import Organization, db
from app.queries import organizations as queries
from app.services import verification
from app.services.changing import changing
from app.web.security import address, me
from forms.organization import VerifyOrganization

bp = Blueprint("organizations", __name__, url_prefix="/organizations")


@bp.get("")
def index() -> str:
    """List the organisations that wait to be verified."""
    return render_template("organizations/index.html", waiting=queries.unverified(db.session()))


def _page(organization: Organization, form: VerifyOrganization) -> str:
    return render_template(
        "organizations/show.html",
        organization=organization,
        people=queries.people_of(db.session(), organization),
        licence=queries.licence(db.session(), organization),
        form=form,
    )


@bp.get("/<int:organization_id>")
def show(organization_id: int) -> str:
    """Show what an organisation said of itself, its licence, and who acts for it."""
    return _page(queries.organization(db.session(), organization_id), VerifyOrganization())


@bp.post("/<int:organization_id>/verify")
def verify(organization_id: int) -> tuple[str, int] | Answer:
    """Verify an organisation, with the reason."""
    organization = queries.organization(db.session(), organization_id)
    form = VerifyOrganization(request.form)
    if not form.validate():
        return _page(organization, form), 422
    try:
        with changing(db.session()):
            verification.verify(db.session(), organization, reason=form.answers()["reason"], by=me(), address=address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(organization, form), 422
    flash(gettext("已核验“%(name)s”", name=organization.name), "success")
    return redirect(url_for(".index"), 303)


@bp.get("/<int:organization_id>/licence")
def licence(organization_id: int) -> Response:
    """Hand out the licence on file."""
    file = queries.licence(db.session(), queries.organization(db.session(), organization_id))
    if file is None:
        raise NotFound("file")
    return handed_out(file)
