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
from app.services import organizations
from app.services.changing import changing
from app.web.security import address, me
from forms.organization import RenameOrganization, VerifyOrganization

bp = Blueprint("organizations", __name__, url_prefix="/organizations")


@bp.get("")
def index() -> str:
    """List the organisations that wait to be verified, and find one by its code or name."""
    text = request.args.get("text", "")
    found = queries.found(db.session(), text) if text.strip() else None
    return render_template("organizations/index.html", waiting=queries.unverified(db.session()), text=text, found=found)


def _asked_for(organization_id: int) -> Organization:
    return queries.organization(db.session(), organization_id, request.args.get("text", ""))


def _page(
    organization: Organization, form: VerifyOrganization | None = None, rename: RenameOrganization | None = None
) -> str:
    waits = queries.waits(db.session(), organization)
    return render_template(
        "organizations/show.html",
        organization=organization,
        people=queries.people_of(db.session(), organization),
        licence=queries.licence(db.session(), organization),
        text=request.args.get("text", ""),
        form=form or (VerifyOrganization() if waits else None),
        rename=rename or RenameOrganization(data={"name": organization.name}),
    )


@bp.get("/<int:organization_id>")
def show(organization_id: int) -> str:
    """Show what an organisation said of itself, its licence, and who acts for it."""
    return _page(_asked_for(organization_id))


@bp.post("/<int:organization_id>/verify")
def verify(organization_id: int) -> tuple[str, int] | Answer:
    """Verify an organisation, with the reason."""
    organization = _asked_for(organization_id)
    form = VerifyOrganization(request.form)
    if not form.validate():
        return _page(organization, form), 422
    try:
        with changing(db.session()):
            organizations.verify(
                db.session(), organization, reason=form.answers()["reason"], by=me(), address=address()
            )
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(organization, form), 422
    flash(gettext("已核验“%(name)s”", name=organization.name), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/<int:organization_id>/rename")
def rename(organization_id: int) -> tuple[str, int] | Answer:
    """Correct the name of an organisation, with the reason."""
    organization = _asked_for(organization_id)
    form = RenameOrganization(request.form)
    if not form.validate():
        return _page(organization, rename=form), 422
    try:
        with changing(db.session()):
            name, reason = form.answers()["name"], form.answers()["grounds"]
            organizations.rename(db.session(), organization, name=name, reason=reason, by=me(), address=address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(organization, rename=form), 422
    flash(gettext("名称已更正"), "success")
    return redirect(url_for(".show", organization_id=organization_id, text=name), 303)


@bp.get("/<int:organization_id>/licence")
def licence(organization_id: int) -> Response:
    """Hand out the licence on file."""
    file = queries.licence(db.session(), _asked_for(organization_id))
    if file is None:
        raise NotFound("file")
    return handed_out(file)
