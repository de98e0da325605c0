"""What the file says of itself: title, author, language, date, and, only when it is true, PDF/UA."""

from __future__ import annotations

import re
from datetime import UTC
from functools import partial
from html import escape as _escape

from pikepdf import Dictionary, Name, Object, Pdf, String

from moothall import __version__
from moothall.core.press.binding.volume import Volume

PRODUCER = f"Moothall {__version__}"
UA_PART = 1
escape = partial(_escape, quote=False)


def write_metadata(pdf: Pdf, volume: Volume, *, accessible: bool) -> None:
    """Fill the document information and the XMP packet; ``accessible`` claims PDF/UA-1."""
    moment = volume.created.astimezone(UTC)
    stamp = String(moment.strftime("D:%Y%m%d%H%M%SZ"))
    pdf.trailer["/Info"] = pdf.make_indirect(
        Dictionary(
            Title=String(volume.title),
            Author=String(volume.author),
            Subject=String(volume.subject),
            Producer=String(PRODUCER),
            CreationDate=stamp,
            ModDate=stamp,
        )
    )
    packet = pdf.make_stream(_packet(volume, moment.strftime("%Y-%m-%dT%H:%M:%SZ"), accessible).encode())
    packet["/Type"], packet["/Subtype"] = Name.Metadata, Name.XML
    pdf.Root["/Metadata"] = packet


def _packet(volume: Volume, moment: str, accessible: bool) -> str:
    claim = f"<pdfuaid:part>{UA_PART}</pdfuaid:part>" if accessible else ""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(volume.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(volume.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(volume.subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(volume.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{escape(PRODUCER)}</pdf:Producer>{claim}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def write_catalog(pdf: Pdf, volume: Volume, tree: Object) -> None:
    """The catalog's entries that make the file a tagged one."""
    pdf.Root["/StructTreeRoot"] = tree
    pdf.Root["/MarkInfo"] = Dictionary(Marked=True)
    pdf.Root["/Lang"] = String(volume.language)
    pdf.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    pdf.Root["/PageMode"] = Name.UseOutlines


def claims_accessible(xmp: str) -> bool:
    """True when the metadata claim PDF/UA-1, as an element or as an attribute."""
    return re.search(r"pdfuaid:part(>|=['\"])1", xmp) is not None
