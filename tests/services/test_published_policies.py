"""Policies: one draws up, another publishes; afterwards a policy ends at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.policies import Level, Topic
from app.models import AccessLog, MessageOutbox, PublishedPolicy, db
from app.queries import published_policies as queries
from app.queries.published_policies import Wanted
from app.services import papers, policy_subscriptions, published_policies
from app.services.changing import changing
from tests.conftest import Today
from tests.factories.policies import TERMS, drawn_up, proposed, published, user
from tests.flows.moment import at_once
from tests.flows.office import Office
from tests.flows.programme import Programme, populate


@pytest.fixture
def programme(either_office: Office) -> Programme:
    return populate(either_office)


def shown(**wanted: str) -> list[str]:
    return [one.title for one in queries.page(db.session(), Wanted(**wanted)).items]


def one_published(programme: Programme, **changes: object) -> PublishedPolicy:
    return published(programme.people["xieminyi"], programme.people["director"], **changes)


def test_a_policy_is_drawn_up_by_one_and_published_by_another(programme: Programme) -> None:
    row = proposed(programme.people["wuxueqin"])
    assert shown() == []
    with pytest.raises(NotFound):
        queries.numbered(db.session(), 1)
    with changing(db.session):
        found = queries.policy_for(db.session(), programme.user("director"), row.id)
        published_policies.publish(db.session(), found, by=programme.user("director"))
    assert (row.number, row.terms) == (1, TERMS)
    assert shown() == [TERMS.title]
    [logged] = db.session.scalars(select(AccessLog).where(AccessLog.kind == "policy_published"))
    assert logged.detail == {"number": 1}


def test_who_drew_it_up_does_not_publish_it(programme: Programme) -> None:
    row = proposed(programme.people["xieminyi"])
    row.made_by_id = programme.people["director"]
    db.session.commit()
    with pytest.raises(RuleBroken, match="起草的人不能发布"), changing(db.session):
        published_policies.publish(db.session(), row, by=programme.user("director"))


def test_only_who_may_draws_up_publishes_and_repeals(programme: Programme) -> None:
    for name in ("luoyi", "zhouyongkang", "tannanhai", "director"):
        with pytest.raises(NotAllowed):
            drawn_up(programme.people[name])
    row = proposed(programme.people["xieminyi"])
    with pytest.raises(NotAllowed), changing(db.session):
        published_policies.publish(db.session(), row, by=programme.user("lishaoming"))
    with pytest.raises(NotFound):
        queries.policy_for(db.session(), user(programme.office.requester.id), row.id)
    assert queries.policy_for(db.session(), programme.user("luoyi"), row.id) is row
    with changing(db.session):
        published_policies.publish(db.session(), row, by=programme.user("director"))
    with pytest.raises(NotAllowed), changing(db.session):
        published_policies.repeal(db.session(), row, on=clock.today(), reason="x", by=programme.user("xieminyi"))


def test_a_published_policy_is_not_written_anew(programme: Programme) -> None:
    row = one_published(programme)
    with pytest.raises(Stale), changing(db.session):
        published_policies.rewrite(db.session(), row, TERMS, by=programme.user("xieminyi"))
    with pytest.raises(Stale), changing(db.session):
        published_policies.publish(db.session(), row, by=programme.user("director"))


def test_a_policy_that_is_sent_back_is_drawn_up_further(programme: Programme) -> None:
    row = proposed(programme.people["xieminyi"])
    with changing(db.session):
        published_policies.send_back(db.session(), row, by=programme.user("director"))
    with changing(db.session):
        said = replace(TERMS, title="改过的标题", districts=(programme.units["nanhai"],))
        published_policies.rewrite(db.session(), row, said, by=programme.user("wuxueqin"))
    assert (row.title, [unit.code for unit in row.districts]) == ("改过的标题", ["nanhai"])
    with changing(db.session):
        published_policies.discard(db.session(), row, by=programme.user("wuxueqin"))
    with pytest.raises(NotFound):
        queries.policy_for(db.session(), programme.user("wuxueqin"), row.id)


def test_a_district_that_is_none_is_refused(programme: Programme) -> None:
    with pytest.raises(RuleBroken, match="请从列表中选择"):
        drawn_up(programme.people["xieminyi"], districts=(programme.office.unit.id,))


def test_files_are_pdf_and_stay_with_a_draft_whoever_brought_them(programme: Programme) -> None:
    own = programme.file("xieminyi")
    row = drawn_up(programme.people["xieminyi"], [own])
    with pytest.raises(RuleBroken, match="没有上传成功"):
        drawn_up(programme.people["wuxueqin"], [own])
    with changing(db.session):
        found = queries.policy_for(db.session(), programme.user("wuxueqin"), row.id)
        published_policies.rewrite(db.session(), found, TERMS, [own], by=programme.user("wuxueqin"))
    assert [file.id for file in row.files] == [own]
    image = papers.upload(db.session(), b"PNG", name="图.png", media_type="image/png", by=programme.user("wuxueqin"))
    db.session.commit()
    with pytest.raises(RuleBroken, match="请上传 PDF"), changing(db.session):
        published_policies.rewrite(db.session(), row, TERMS, [image.id], by=programme.user("wuxueqin"))


def test_a_repealed_policy_says_from_when_and_why(programme: Programme, today: Today) -> None:
    row = one_published(programme)
    director = programme.user("director")
    for on, reason in ((row.issued_on, "佛府〔2026〕9号"), (clock.today(), "")):
        with pytest.raises(RuleBroken), changing(db.session):
            published_policies.repeal(db.session(), row, on=on, reason=reason, by=director)
    on = date(2026, 3, 5)
    with changing(db.session):
        queries.policy_for(db.session(), programme.user("director"), row.id)
        published_policies.repeal(db.session(), row, on=on, reason="佛府〔2026〕9号", by=programme.user("director"))
    assert shown() == [TERMS.title]
    today.moves(days=(on - clock.today()).days)
    assert (shown(), shown(standing="ended"), shown(standing="all")) == ([], [TERMS.title], [TERMS.title])
    with pytest.raises(Stale), changing(db.session):
        published_policies.repeal(db.session(), row, on=on, reason="再次", by=programme.user("director"))


def test_a_draft_is_not_repealed(programme: Programme) -> None:
    row = drawn_up(programme.people["xieminyi"])
    with pytest.raises(RuleBroken), changing(db.session):
        published_policies.repeal(db.session(), row, on=clock.today(), reason="x", by=programme.user("director"))


def test_a_new_policy_stands_in_the_place_of_another_and_only_one_does(programme: Programme) -> None:
    old = one_published(programme)
    rival = proposed(programme.people["xieminyi"], title="另一办法", replaces=old.id)
    new = one_published(programme, title="新办法", replaces=old.id)
    assert (old.ending, old.ended_on) == ("replaced", clock.today())
    assert queries.successor(db.session(), old) is new
    assert shown() == ["新办法"]
    with pytest.raises(RuleBroken, match="已经废止或者被替代"), changing(db.session):
        published_policies.publish(db.session(), rival, by=programme.user("director"))
    assert [one.title for one in queries.replaceable(db.session())] == ["新办法"]


def test_policies_are_looked_for(programme: Programme) -> None:
    one_published(programme)
    one_published(
        programme, title="专利导航指南", level=Level.PROVINCIAL, topics=(Topic.PROJECTS,), summary="导航 50% 资助"
    )
    assert shown(level="provincial") == shown(topic="projects") == shown(text="50%") == ["专利导航指南"]
    assert shown(topic="awards") == shown(text="佛市监〔2026〕8号", level="city") == [TERMS.title]
    assert shown(topic="finance") == []


def test_a_long_list_has_pages(programme: Programme) -> None:
    for n in range(queries.PAGE + 1):
        one_published(programme, title=f"第 {n} 项", pushes=False)
    first = queries.page(db.session(), Wanted())
    second = queries.page(db.session(), Wanted(cursor=first.next))
    assert (len(first.items), len(second.items), first.total) == (queries.PAGE, 1, queries.PAGE + 1)
    assert [one.title for one in second.items] == ["第 0 项"]


def test_subscribers_hear_once_of_what_they_chose(programme: Programme) -> None:
    requester, respondent = user(programme.office.requester.id), user(programme.office.respondent.id)
    with changing(db.session):
        policy_subscriptions.choose(db.session(), (Topic.PATENTS, Topic.AWARDS, Topic.FINANCE), by=requester)
        policy_subscriptions.choose(db.session(), (Topic.COPYRIGHT,), by=respondent)
    with changing(db.session):
        policy_subscriptions.choose(db.session(), (Topic.PATENTS, Topic.AWARDS), by=requester)
    assert queries.topics_of(db.session(), requester) == ["patents", "awards"]
    row = one_published(programme)
    sent = db.session.scalars(select(MessageOutbox).where(MessageOutbox.kind == "policy_published")).all()
    assert {(one.user_id, one.link) for one in sent} == {(requester.id, f"/policies/{row.number}")}
    assert sorted(one.channel for one in sent) == ["email", "in_app"]


@pytest.mark.parametrize(
    "values", [{"number": None}, {"valid_until": date(2026, 1, 5)}, {"link": "http://x.cn"}, {"level": "world"}]
)
def test_the_database_knows_what_a_policy_never_says(programme: Programme, values: dict[str, object]) -> None:
    row = one_published(programme)
    with pytest.raises(IntegrityError), changing(db.session):
        db.session.execute(update(PublishedPolicy).where(PublishedPolicy.id == row.id).values(**values))


def test_two_who_publish_at_once_publish_one_policy(programme: Programme) -> None:
    row_id, director = proposed(programme.people["xieminyi"]).id, programme.people["director"]
    done: list[int] = []

    def publishes(_n: int) -> None:
        try:
            with changing(db.session):
                row = db.session.get_one(PublishedPolicy, row_id)
                published_policies.publish(db.session(), row, by=user(director))
            done.append(row_id)
        except Stale:
            pass

    at_once(programme.office.app, 4, publishes)
    assert done == [row_id]
