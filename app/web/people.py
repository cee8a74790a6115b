"""Administration of people, their roles, and units."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.domain.errors import RuleBroken
from app.domain.roles import STAFF
from app.edge.sentences import sentence
from app.models import OrgUnit, User, db
from app.queries import people
from app.services import people as services
from app.services import second_factor
from app.services.changing import changing
from app.web.security import address, me
from forms.people import UNIT_KINDS, GiveRole, NewPerson, Person, Unit

bp = Blueprint("people", __name__, url_prefix="/people")

FACTS = ("name", "email", "employer", "specialities", "capacity")
UNIT_FACTS = ("name", "name_en", "code", "kind", "region", "address", "phone", "active")

# What is written down about an account, in words.
LOG_WORDS = {
    "login": _l("登录"),
    "login_failed": _l("登录失败"),
    "locked": _l("账号锁定"),
    "locked_out": _l("锁定期间尝试登录"),
    "logout": _l("退出登录"),
    "password_right": _l("密码正确，等待两步验证"),
    "second_factor_failed": _l("两步验证失败"),
    "second_factor_on": _l("启用两步验证"),
    "second_factor_off": _l("关闭两步验证"),
    "second_factor_reset": _l("重置两步验证"),
    "recovery_code_used": _l("使用恢复码"),
    "recovery_codes_renewed": _l("重新生成恢复码"),
    "token_issued": _l("签发接口令牌"),
    "token_revoked": _l("作废接口令牌"),
    "feed_made": _l("生成日历订阅地址"),
    "feed_ended": _l("停用日历订阅"),
    "sessions_ended": _l("退出所有设备"),
    "signed_up": _l("注册"),
    "privacy_accepted": _l("同意个人信息处理告知"),
    "invited": _l("发出邀请"),
    "invitation_accepted": _l("凭邀请码加入案件"),
    "profile_changed": _l("修改个人设置"),
    "password_changed": _l("修改密码"),
    "revealed": _l("查看完整号码"),
    "relation_declared": _l("申报利害关系"),
    "relation_withdrawn": _l("撤回利害关系申报"),
    "substitution_set": _l("设置代办"),
    "substitution_ended": _l("结束代办"),
    "person_created": _l("新增人员"),
    "person_changed": _l("修改人员信息"),
    "role_given": _l("授予角色"),
    "role_taken": _l("收回角色"),
    "deactivated": _l("停用账号"),
    "reactivated": _l("恢复账号"),
    "password_reset": _l("重置密码"),
    "unlocked": _l("解除登录锁定"),
    "organization_verified": _l("核验单位"),
    "organization_renamed": _l("更正单位名称"),
    "unit_added": _l("新增部门"),
    "unit_changed": _l("修改部门"),
}


def _units(*, without: OrgUnit | None = None) -> dict[int, str]:
    """Return the units in use, by id, in the reader's language."""
    english = str(get_locale()) == "en"
    rows = people.units(db.session())
    return {u.id: u.name_en if english else u.name for u in rows if u.active and u is not without}


@bp.get("")
def index() -> str:
    """List people, with a search."""
    wanted = people.filter_from(request.args)
    found = people.page(db.session(), wanted)
    roles = [(role.value, gettext(role.label)) for role in STAFF]
    return render_template("people/index.html", wanted=wanted, page=found, units=list(_units().items()), roles=roles)


@bp.get("/new")
def new() -> str:
    """Show the form for a new person."""
    return render_template("people/new.html", form=NewPerson())


@bp.post("/new")
def create() -> tuple[str, int]:
    """Add a person and show, once, the password to hand to them."""
    form = NewPerson(request.form)
    if not form.validate():
        return render_template("people/new.html", form=form), 422
    try:
        with changing(db.session()):
            user, secret = services.create(db.session(), **form.answers(), by=me(), address=address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return render_template("people/new.html", form=form), 422
    return render_template("people/password.html", person=user, secret=secret), 200


def _page(person: User, form: Person | None = None, role_form: GiveRole | None = None) -> str:
    session = db.session()
    return render_template(
        "people/show.html",
        person=person,
        form=form or Person(data={name: getattr(person, name) for name in FACTS}),
        role_form=role_form or GiveRole(facts={"units": _units()}),
        effect=people.consequences(session, person),
        has_second_factor=people.has_second_factor(session, person.id),
        lines=people.access_lines(session, person),
        log_words=LOG_WORDS,
    )


@bp.get("/<int:user_id>")
def show(user_id: int) -> str:
    """Show a person: what the office says of them, their roles, what happened to their account."""
    return _page(people.person(db.session(), user_id))


@bp.post("/<int:user_id>")
def update(user_id: int) -> tuple[str, int] | Response:
    """Change what the office says of a person."""
    person = people.person(db.session(), user_id)
    form = Person(request.form)
    if not form.validate():
        return _page(person, form), 422
    with changing(db.session()):
        services.update_person(db.session(), person, form.answers(), by=me(), address=address())
    return _done(user_id, gettext("已保存"))


def _done(user_id: int, text: str) -> Response:
    flash(text, "success")
    return redirect(url_for(".show", user_id=user_id), 303)


@bp.post("/<int:user_id>/roles")
def give_role(user_id: int) -> tuple[str, int] | Response:
    """Give a role in a unit."""
    person = people.person(db.session(), user_id)
    form = GiveRole(request.form, facts={"units": _units()})
    if not form.validate():
        return _page(person, role_form=form), 422
    try:
        with changing(db.session()):
            unit = people.unit(db.session(), form.unit.data)
            services.give_role(db.session(), person, role=form.role.data, unit=unit, by=me(), address=address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(people.person(db.session(), user_id), role_form=form), 422
    return _done(user_id, gettext("角色已授予"))


def _act(user_id: int, act: Any, text: str, *more: Any) -> Response:
    """Do one thing to a person's account and say so; a refusal is said on the same page."""
    try:
        with changing(db.session()):
            act(db.session(), people.person(db.session(), user_id), *more, by=me(), address=address())
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
        return redirect(url_for(".show", user_id=user_id), 303)
    return _done(user_id, text)


@bp.post("/<int:user_id>/roles/<int:membership_id>/take")
def take_role(user_id: int, membership_id: int) -> Response:
    """Take a role away."""
    return _act(user_id, services.take_role, gettext("角色已收回"), membership_id)


@bp.post("/<int:user_id>/deactivate")
def deactivate(user_id: int) -> Response:
    """Close an account."""
    return _act(user_id, services.deactivate, gettext("账号已停用"))


@bp.post("/<int:user_id>/reactivate")
def reactivate(user_id: int) -> Response:
    """Open a closed account again."""
    return _act(user_id, services.reactivate, gettext("账号已恢复"))


@bp.post("/<int:user_id>/unlock")
def unlock(user_id: int) -> Response:
    """Lift the lock after failed logins."""
    return _act(user_id, services.unlock, gettext("登录锁定已解除"))


@bp.post("/<int:user_id>/password")
def reset_password(user_id: int) -> str:
    """Make a one-time password and show it once."""
    with changing(db.session()):
        person = people.person(db.session(), user_id)
        secret = services.reset_password(db.session(), person, by=me(), address=address())
    return render_template("people/password.html", person=person, secret=secret)


@bp.post("/<int:user_id>/second-factor")
def reset_second_factor(user_id: int) -> Response:
    """Take the second factor from somebody who has lost it."""

    def reset(session: Any, person: User, **who: Any) -> None:
        second_factor.reset(session, person, reason=request.form.get("reason", ""), **who)

    return _act(user_id, reset, gettext("两步验证已重置"))


# -- units -------------------------------------------------------------------------------------------------------------


@bp.get("/units")
def units() -> str:
    """List the units of the office."""
    kinds = {kind.value: kind.label for kind in UNIT_KINDS}
    return render_template("people/units.html", units=people.units(db.session()), kinds=kinds)


def _unit_form(unit: OrgUnit | None, formdata: Any = None) -> Unit:
    kept = {**{name: getattr(unit, name) for name in UNIT_FACTS}, "parent": unit.parent_id} if unit else None
    return Unit(formdata, facts={"units": _units(without=unit)}, data=kept)


@bp.route("/units/new", methods=("GET", "POST"))
def new_unit() -> str | tuple[str, int] | Response:
    """Add a unit."""
    return _edit_unit(None)


@bp.route("/units/<int:unit_id>", methods=("GET", "POST"))
def unit(unit_id: int) -> str | tuple[str, int] | Response:
    """Change a unit."""
    return _edit_unit(people.unit(db.session(), unit_id))


def _edit_unit(row: OrgUnit | None) -> str | tuple[str, int] | Response:
    if request.method == "GET":
        return render_template("people/unit.html", form=_unit_form(row), unit=row)
    form = _unit_form(row, request.form)
    if form.validate():
        answers = form.answers()
        try:
            with changing(db.session()):
                facts = {**{name: answers[name] for name in UNIT_FACTS}, "parent_id": answers["parent"]}
                services.save_unit(db.session(), row, facts, by=me(), address=address())
            flash(gettext("部门已保存"), "success")
            return redirect(url_for(".units"), 303)
        except RuleBroken as refusal:
            form.refuse(refusal.field, sentence(refusal))
    return render_template("people/unit.html", form=form, unit=row), 422
