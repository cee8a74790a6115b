"""The catalogue of papers."""

from __future__ import annotations

import pytest

from app.documents.catalogue import KINDS
from app.documents.kinds import Issuer
from app.domain.disputes import ServiceMethod


def test_an_agreement_goes_to_its_parties_themselves():
    assert KINDS["mediation_agreement"].served == ("direct", "post")


def test_a_decision_goes_by_every_way_but_electronically():
    assert KINDS["adjudication_decision"].served == ("direct", "left", "post", "notice")


def test_what_is_put_up_for_everybody_is_served_on_nobody():
    assert [kind.id for kind in KINDS.values() if kind.public] == ["D25", "D38", "D46"]
    assert KINDS["publication_notice"].served == ()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.identifier)
def test_every_paper_has_both_names_and_ways_of_service_that_exist(kind):
    assert kind.name and kind.name_en and kind.id
    assert bool(kind.copies) == bool(kind.copies_en)
    assert set(kind.served) <= {method.value for method in ServiceMethod}
    assert bool(kind.served) == (kind.issuer is not Issuer.INTERNAL and not kind.public)


def test_what_the_office_sends_out_has_a_number_and_what_a_party_writes_has_none():
    for kind in KINDS.values():
        if kind.needs_number:
            assert kind.issuer is Issuer.OFFICE
        if kind.issuer is not Issuer.OFFICE:
            assert not kind.needs_number


def test_no_paper_asks_for_the_same_fact_twice_from_two_people():
    for kind in KINDS.values():
        answers = [f.name for f in kind.fields if f.source == "answer"]
        assert len(answers) == len(set(answers)), kind.identifier
