"""PDF/A-2u: what a document needs beside its pages to be kept; the same input gives the same bytes."""

from datetime import datetime
from functools import cache
from hashlib import md5
from html import escape
from types import SimpleNamespace

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFCatalog,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from app.models.clock import beijing

PDF_VERSION = (1, 7)
PRODUCER = "先审"

_CONDITION = "sRGB IEC61966-2.1"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords></pdf:Keywords>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class _Catalog(PDFCatalog):  # type: ignore[misc, unused-ignore]
    """A catalog that also knows the colours of the document."""

    __NoDefault__ = [*PDFCatalog.__NoDefault__, "OutputIntents"]  # noqa: RUF012 (ReportLab's own shape)


_END = b"endstream\n"
_write_stream = PDFStream.format


def _closed_stream(stream: PDFStream, document: object) -> bytes:
    """Write a stream with the line end before `endstream` that PDF/A wants and ReportLab leaves out."""
    written: bytes = _write_stream(stream, document)
    return written.removesuffix(_END) + b"\n" + _END


# Pages, fonts and pictures make their streams themselves: there is no other place to step in.
PDFStream.format = _closed_stream  # type: ignore[method-assign, assignment]


def prepare(canvas: Canvas, *, title: str, author: str, subject: str, at: datetime) -> None:
    """Give a document with embedded fonts and grey or RGB alone what PDF/A-2u asks for.

    The texts must be printable lines; `at` stands for every time in the file.
    """
    moment = beijing(at).replace(microsecond=0)
    document = canvas._doc  # type: ignore[attr-defined, unused-ignore]
    # The file's ID follows from what is in it, never from the clock or the environment.
    document.signature = md5(
        f"{title}\n{author}\n{subject}\n{moment}".encode("utf-8", "replace"), usedforsecurity=False
    )
    document._timeStamp = SimpleNamespace(YMDhms=moment.timetuple()[:6], dhh=8, dmm=0)
    document.info.title, document.info.author, document.info.subject = title, author, subject
    document.info.producer = document.info.creator = PRODUCER
    xmp = _XMP.format(
        title=escape(title, quote=False),
        author=escape(author, quote=False),
        subject=escape(subject, quote=False),
        producer=PRODUCER,
        moment=moment.isoformat(),
    )
    catalog = document.Catalog
    catalog.__class__ = _Catalog
    # Unpacked, so that a reader of bytes finds what kind of file it is.
    catalog.Metadata = PDFStream(_dictionary(Type=PDFName("Metadata"), Subtype=PDFName("XML")), xmp.encode())
    catalog.OutputIntents = PDFArray(
        [
            _dictionary(
                Type=PDFName("OutputIntent"),
                S=PDFName("GTS_PDFA1"),
                OutputConditionIdentifier=PDFString(_CONDITION),
                Info=PDFString(_CONDITION),
                DestOutputProfile=document.Reference(PDFStream(_dictionary(N=3), _srgb(), [PDFZCompress])),
            )
        ]
    )


def _dictionary(**entries: object) -> PDFDictionary:
    return PDFDictionary(dict(entries))


@cache
def _srgb() -> bytes:
    """Return the colour profile, its creation time pinned."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex("07ea00010001000000000000")
    return bytes(profile)
