"""PDF/A-2u: what ReportLab writes, finished for keeping; the same input gives the same bytes."""

import io
from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape

import pikepdf
from PIL import ImageCms

from app.models.clock import beijing

PRODUCER = "先审"

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


def finish(data: bytes, *, title: str, author: str, subject: str, at: datetime) -> bytes:
    """Turn a PDF with embedded fonts and grey or RGB alone into PDF/A-2u; texts must be printable lines."""
    moment = beijing(at).replace(microsecond=0)
    stamp = pikepdf.String(moment.strftime("D:%Y%m%d%H%M%S+08'00'"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        profile = pdf.make_stream(_srgb(), N=3, Alternate=pikepdf.Name.DeviceRGB)
        intent = pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFA1,
            OutputConditionIdentifier=pikepdf.String("sRGB IEC61966-2.1"),
            Info=pikepdf.String("sRGB IEC61966-2.1"),
            DestOutputProfile=profile,
        )
        pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
        xmp = _XMP.format(
            title=escape(title),
            author=escape(author),
            subject=escape(subject),
            producer=PRODUCER,
            moment=moment.isoformat(),
        )
        pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.trailer.Info = pdf.make_indirect(
            pikepdf.Dictionary(
                Title=pikepdf.String(title),
                Author=pikepdf.String(author),
                Subject=pikepdf.String(subject),
                Producer=pikepdf.String(PRODUCER),
                Creator=pikepdf.String(PRODUCER),
                CreationDate=stamp,
                ModDate=stamp,
            )
        )
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@cache
def _srgb() -> bytes:
    """Return the colour profile, its creation time pinned."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex("07ea00010001000000000000")
    return bytes(profile)
