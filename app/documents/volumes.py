"""A volume of an archived case as one PDF/A-2b: the papers that the office has set, in order, with bookmarks."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import cast
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, StreamObject

from app.documents.pages import UNREADABLE

METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
# What belongs to one paper and would no longer fit among others.
OWN = ("/StructTreeRoot", "/MarkInfo", "/Lang", "/PageLabels")


def is_archival(data: bytes) -> bool:
    """Say whether a paper of the office was set as PDF/A-2b; of a file from elsewhere its word alone is no proof."""
    try:
        root = PdfReader(BytesIO(data)).root_object
        metadata = cast("StreamObject", root["/Metadata"])
        told = metadata.get_data().decode()
        return bool(root["/OutputIntents"]) and "pdfaid:part>2<" in told.replace(" ", "")
    except UNREADABLE:
        return False


def bound(title: str, papers: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the papers, each with the name of its bookmark, as one PDF/A-2b. All of them must be that themselves."""
    writer = PdfWriter()
    intents = None
    for name, data in papers:
        reader = PdfReader(BytesIO(data))
        writer.append(reader, outline_item=name, import_outline=False)
        if intents is None:
            intents = cast("ArrayObject", reader.root_object["/OutputIntents"]).clone(writer)
    root = writer.root_object
    for key in OWN:
        root.pop(key, None)
    root[NameObject("/OutputIntents")] = intents if intents is not None else ArrayObject()
    root[NameObject("/Metadata")] = writer._add_object(_metadata(title))  # noqa: SLF001 - pypdf's own way to add one
    writer.metadata = None  # what a PDF/A says of itself stands in its metadata
    writer.pdf_header = "%PDF-1.7"
    writer.generate_file_identifiers()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _metadata(title: str) -> StreamObject:
    stream = StreamObject()
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    stream.set_data(METADATA.format(title=escape(title)).encode())
    return stream
