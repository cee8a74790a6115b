"""Names that a case keeps in Chinese while their English stands elsewhere: of steps, of letters; put into the template.

``python -m tools.names messages.pot``
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from app.documents.catalogue import KINDS
from tools.machine import ROOT

LETTERS = "app/documents/catalogue"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"

Name = tuple[str, str, str]  # Chinese, English (empty where nothing says it), where it stands


def names() -> Iterator[Name]:
    """Give the names of letters and of what they state, and of everything named in the diagrams."""
    for kind in KINDS.values():
        yield kind.name, kind.name_en, LETTERS
        yield from ((field.label, "", LETTERS) for field in kind.fields)
    for diagram in sorted((ROOT / "workflows").glob("*/*.bpmn")):
        yield from _in_diagram(diagram)


def _in_diagram(diagram: Path) -> Iterator[Name]:
    place = diagram.relative_to(ROOT).as_posix()
    for element in ET.parse(diagram).iter():  # noqa: S314  (a file of the product's own)
        if element.tag.startswith(BPMN) and element.get("name"):
            yield element.get("name", ""), _english(element), place


def _english(element: ET.Element) -> str:
    properties = element.iterfind(f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property[@name='en']")
    return next((one.get("value", "") for one in properties), "")


def add(template: Catalog) -> None:
    """Put the names into a template, with their English where there is one; what is a text already stays as it is."""
    for chinese, english, place in sorted(names(), key=lambda name: not name[1]):
        if chinese.isascii() or template.get(chinese):
            continue
        template.add(chinese, english, locations=[(place, 0)])


if __name__ == "__main__":
    path = Path(sys.argv[1])
    with path.open("rb") as file:
        texts = read_po(file)
    add(texts)
    with path.open("wb") as written:
        write_po(written, texts, sort_by_file=True, include_lineno=False)
