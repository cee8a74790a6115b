"""How values look on a page: dates, money, long texts, masked details, and the frame around every page.

Nothing here asks the database. Wording follows the reader's language; formats follow the screens: 11月24日 (with the
year when it is not this one), 400,000 元, tabular figures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import format_date, get_locale, gettext
from flask_login import current_user
from markupsafe import Markup, escape

from app import clock
from app.documents import intake
from app.domain import lamps, masking
from app.domain.calendar import Calendar
from app.domain.periods import Unit
from app.domain.roles import Role
from app.domain.texts import MONTHS
from app.models import Deadline, Task, User
from app.policy import has_to_do_with_awards, is_admin, is_caseworker

MASKS: Mapping[str, Callable[[str], str]] = {
    "resident_id": masking.mask_resident_id,
    "mobile": masking.mask_mobile,
    "phone": masking.mask_phone,
    "email": masking.mask_email,
    "name": masking.mask_name,
    "address": masking.mask_address,
    "account": masking.mask_account,
}
_HAN = r"[\u3400-\u9fff]"
_CHINESE = re.compile(rf"{_HAN}(?:[\u3000-\u9fff\uff00-\uffef0-9A-Za-z·—-]*(?:{_HAN}|[）〕》]))?")


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """One entry of the menu."""

    label: str
    href: str
    active: bool = False


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is looking: ``key`` tells people apart on a shared computer and says nothing about them."""

    name: str
    key: str
    role: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around a page. The default is the frame of a stranger: no menu, nobody signed in.

    The menu and the number of unread messages come beside it. An address that is empty leaves its part out.
    ``demo_now`` is set in a demonstration only; ``shifted`` says that its clock does not show the time of the wall.
    """

    office: str = ""
    home: str = "/"
    person: Person | None = None
    search_url: str = ""
    search_hint: str = ""
    messages_url: str = ""
    login_url: str = ""
    sign_up_url: str = ""
    logout_url: str = ""
    language_url: str = ""
    here: str = ""
    demo_now: datetime | None = None
    shifted: bool = False
    links: Iterable[MenuItem] = ()


def install(app: Flask, *, calendar: Callable[[], Calendar] = Calendar, office: Callable[[], str] = lambda: "") -> None:
    """Give every template its filters, globals and frame. ``calendar`` and ``office`` tell the office's own."""
    app.extensions["peiyou_calendar"] = calendar
    app.context_processor(
        lambda: {"frame": frame_of(current_user if current_user.is_authenticated else None, office=office())}
    )
    app.jinja_env.filters.update(
        chinese=chinese,
        cn_date=cn_date,
        cn_full_date=cn_full_date,
        cn_datetime=cn_datetime,
        cn_time=cn_time,
        cn_weekday=cn_weekday,
        cn_money=cn_money,
        file_size=file_size,
        long_text=long_text,
        masked=masked,
        percent=percent,
    )
    app.jinja_env.globals.update(
        asset=asset,
        language=language,
        lamp_of=lamp_of,
        printed_on=clock.today,
        tongue=tongue,
        upload_limit=lambda: current_app.config.get("UPLOAD_LIMIT", intake.LIMIT),
        upload_types=lambda: gettext(intake.ACCEPTED),
    )


def frame_of(user: User | None, *, office: str) -> Frame:
    """Return the frame for whoever is asking; an address that the application does not have is left out."""
    here = request.full_path.rstrip("?") if request.method == "GET" else request.path
    guides = MenuItem(label=gettext("办事指南"), href=_address("public.guides"))
    notices = MenuItem(label=gettext("公示"), href=_address("notices.index"))
    policies = MenuItem(label=gettext("政策"), href=_address("policies.index"))
    published = MenuItem(label=gettext("裁决公开"), href=_address("decisions.index"))
    privacy = MenuItem(label=gettext("个人信息保护"), href=_address("public.privacy"))
    common = Frame(
        office=office,
        home=_address("public.home") or "/",
        language_url=_address("language.switch"),
        here=here,
        links=[link for link in (guides, policies, notices, published, privacy) if link.href],
        demo_now=clock.now() if current_app.config.get("DEMO") else None,
        shifted=bool(clock.shift()),
    )
    if user is None:
        return replace(common, login_url=_address("sessions.new"), sign_up_url=_address("signup.new"))
    roles = [gettext(role.label) for role in Role if role in user.roles]
    return replace(
        common,
        person=Person(name=user.name, key=f"u{user.id}", role="、".join(roles[:2]), href=_address("profile.show")),
        search_url="" if is_admin(user, None) else _address("cases.index"),
        search_hint=_search_hint(user),
        messages_url=_address("messages.index"),
        logout_url=_address("sessions.end"),
    )


def _search_hint(user: User) -> str:
    """Say what can be looked for, in the words of what this person works on: disputes, awards, or both."""
    if not has_to_do_with_awards(user, None):
        hint = gettext("案号、当事人、专利号")
    elif is_caseworker(user, None):
        hint = gettext("案号、当事人、奖项")
    else:
        hint = gettext("受理号、单位、奖项")
    return str(hint)


def _address(endpoint: str) -> str:
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def lamp_of(thing: Task | Deadline, left: int | None = None, unit: Unit = Unit.WORKING_DAYS) -> lamps.Lamp:
    """Return the lamp of a task or of a period, as of today, by the office's calendar.

    ``left`` in ``unit`` is what remains of one that stands still, where it is known.
    """
    if "calendar" not in g:
        g.calendar = current_app.extensions["peiyou_calendar"]()
    paused = thing.paused if isinstance(thing, Task) else thing.state == "paused"
    return lamps.lamp(
        thing.due_on,
        clock.today(),
        warn_on=thing.warn_on,
        unit=unit if paused else Unit.WORKING_DAYS,
        calendar=g.calendar,
        paused=paused,
        left=left,
        done=not thing.is_open,
    )


def language() -> str:
    """Return ``zh-CN`` or ``en``: the language of the page, for ``lang`` and for formats."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh-CN"


def tongue(text: str) -> str:
    """Return the language of a text where it is not that of the page: ``zh-CN`` for Chinese on a page in English."""
    return "zh-CN" if language() == "en" and _CHINESE.search(text) else ""


def chinese(text: Any) -> Any:
    """Return a text with the Chinese in it marked on a page in English, so that it is read aloud as what it is.

    What has tags of its own, or is no text, is returned as it is.
    """
    safe = str(escape(text))
    if "<" in safe or not tongue(safe):
        return text
    return Markup(_CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', safe))  # noqa: S704 - escaped above


def cn_date(day: date | str | None, today: date | None = None) -> str:
    """Return 11月24日, with the year where it is not this one; an instant counts with its day in Asia/Shanghai."""
    if not day:
        return ""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    if isinstance(day, datetime):
        day = day.astimezone(clock.ZONE).date()
    this_year = day.year == (today or clock.today()).year
    if language() == "en":
        return f"{day.day} {MONTHS[day.month - 1]}" + ("" if this_year else f" {day.year}")
    return ("" if this_year else f"{day.year}年") + f"{day.month}月{day.day}日"


def cn_full_date(day: date) -> str:
    """Return 2026年11月24日, the year in any case."""
    return cn_date(day, date.min)


def cn_weekday(instant: datetime | None) -> str:
    """Return 星期二 or Tuesday, in Asia/Shanghai."""
    return "" if instant is None else format_date(instant.astimezone(clock.ZONE).date(), "EEEE")


def cn_time(instant: datetime | None) -> str:
    """Return 09:48, in Asia/Shanghai."""
    return "" if instant is None else instant.astimezone(clock.ZONE).strftime("%H:%M")


def cn_datetime(instant: datetime | None, today: date | None = None) -> str:
    """Return 11月20日 16:42."""
    return "" if instant is None else f"{cn_date(instant, today)} {cn_time(instant)}"


def percent(rate: Decimal) -> str:
    """Return a rate in per cent without noughts at its end."""
    return f"{rate.normalize():f}%"


def cn_money(amount: Decimal | int | None) -> str:
    """Return 400,000 元; the fen only where there are any."""
    if amount is None:
        return ""
    exact = Decimal(amount)
    figure = f"{exact:,.0f}" if exact == exact.to_integral_value() else f"{exact:,.2f}"
    return f"CNY {figure}" if language() == "en" else f"{figure} 元"


def file_size(size: int | None) -> str:
    """Return 820 B, 1.2 MB and the like."""
    if size is None:
        return ""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"


def long_text(text: str | None) -> Markup:
    """Return what a person typed as paragraphs: an empty line parts them, a single line end stays one."""
    blocks = (block.strip() for block in (text or "").replace("\r\n", "\n").split("\n\n"))
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.split("\n")))
        for block in blocks
        if block
    )


def masked(value: str | None, kind: str) -> str:
    """Return a personal detail made safe to show; ``kind`` is a key of ``MASKS``."""
    return MASKS[kind](value) if value else ""


def asset(name: str) -> str:
    """Return the address of a built file, by the name it had before its content's hash was added."""
    return url_for("static", filename=f"dist/{_manifest().get(name, name)}")


def _manifest() -> dict[str, str]:
    """Return the table of built files; read again when a build has replaced it, empty before the first build."""
    path = Path(current_app.static_folder or "") / "dist" / "manifest.json"
    if not path.exists():
        return {}
    built = path.stat().st_mtime_ns
    kept: tuple[int, dict[str, str]] | None = current_app.extensions.get("peiyou_assets")
    if kept is None or kept[0] != built:
        kept = (built, json.loads(path.read_text(encoding="utf-8")))
        current_app.extensions["peiyou_assets"] = kept
    return kept[1]
