"""The first administrator of a new installation."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from app.models import OrgUnit, db

WORDS = [
    "--name",
    "管理员",
    "--unit",
    "中山市市场监督管理局",
    "--region",
    "442000",
    "--password",
    "right-Horse-7-battery",
]


def test_a_new_installation_gets_one_first_administrator_who_can_sign_in(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["people", "first-admin", "root", *WORDS[:-1], "short"]).exit_code == 2
    assert run(args=["people", "first-admin", "root", *WORDS]).exit_code == 0
    assert run(args=["people", "first-admin", "second", *WORDS]).exit_code == 2
    given = {"username": "root", "password": WORDS[-1]}
    assert app.test_client().post("/api/v1/tokens", json=given).status_code == 200


def test_a_name_is_kept_as_it_is_signed_in_with_and_the_bureau_where_it_is(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["people", "first-admin", "a\u200bb", *WORDS]).exit_code == 2
    assert run(args=["people", "first-admin", "root", *WORDS, "--region", "中山"]).exit_code == 2
    assert run(args=["people", "first-admin", " Ｒｏｏｔ ", *WORDS]).exit_code == 0
    given = {"username": "root", "password": WORDS[-1]}
    assert app.test_client().post("/api/v1/tokens", json=given).status_code == 200
    with app.app_context():
        assert db.session.scalars(select(OrgUnit.region)).all() == ["442000"]
