"""Every text of the product has its English, and says the same with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tools import catalogues

CHINESE = re.compile(r"[\u3400-\u9fff]")
BLANK = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
# What is Chinese in English too: numbers of cases and of works, and ten thousand after a figure.
EXAMPLES = re.compile(r"[（〔]20\d\d[）〕]|国作登字-|\d万")


@pytest.fixture(scope="module")
def english() -> Catalog:
    """Return the catalogue."""
    with catalogues.CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return every text that the code, the templates, the diagrams and the letters hold now."""
    template = tmp_path_factory.mktemp("texts") / "messages.pot"
    catalogues.extract(template)
    with template.open("rb") as file:
        return read_po(file)


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms_of(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def test_every_text_of_the_product_has_its_english(english: Catalog, used: Catalog) -> None:
    missing = []
    for message in messages(used):
        found = english.get(message.id)
        if found is None or not all(forms_of(found.string)):
            missing.append(message.id)
    assert not missing, "run `make i18n` and translate what is new"


def test_no_english_is_a_guess(english: Catalog) -> None:
    assert not [message.id for message in messages(english) if message.fuzzy]
    assert not english.obsolete


def test_what_is_filled_in_is_the_same_in_both_languages(english: Catalog) -> None:
    for message in messages(english):
        blanks = sorted(BLANK.findall(forms_of(message.id)[0]))
        for text in forms_of(message.string):
            assert sorted(BLANK.findall(text)) == blanks, message.id
            assert "%" not in BLANK.sub("", text), message.id


def test_a_number_has_a_singular_and_a_plural(english: Catalog) -> None:
    counted = [message for message in messages(english) if message.pluralizable]
    assert counted
    assert all(len(message.string) == 2 and message.string[0] != message.string[1] for message in counted)


def test_the_english_is_english(english: Catalog) -> None:
    chinese = [t for m in messages(english) for t in forms_of(m.string) if CHINESE.search(t) and not EXAMPLES.search(t)]
    assert not chinese


def test_what_stands_in_python_is_found_wherever_it_stands(tmp_path: Path) -> None:
    source = tmp_path / "one.py"
    source.write_text(
        '"""说明"""\nLABEL = ("a", "标签")\nraise RuleBroken("拒绝", field="x")\nText("合议组", "the panel")\n'
        'ngettext("一件", "%(num)s 件", n)\nre.compile(r"^第[0-9]+号$")\nf"第 {n} 条"\n',
        encoding="utf-8",
    )
    with source.open("rb") as file:
        found = [text for _line, _function, text, _comments in catalogues.texts(file)]
    assert sorted(found, key=str) == sorted(["标签", "拒绝", ("一件", "%(num)s 件")], key=str)
