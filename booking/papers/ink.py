"""The look that all printed papers share: type, colours, page. Letters that the typeface lacks are transcribed."""

from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from anyascii import anyascii
from font_roboto import Roboto, RobotoBold
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

INK, PALE, LINE, ACCENT = HexColor("#1d2733"), HexColor("#5b6773"), HexColor("#d5dae0"), HexColor("#0a6b4f")
WIDTH = A4[0] - 40 * mm
_INSTEAD = {"→": "–"}
_SIDE = 20 * mm - 6  # the frame of a page keeps six points free on each side
_FILES = {"Roboto": Roboto, "Roboto-Bold": RobotoBold}


@cache
def _fonts() -> frozenset[int]:
    """Registers the typeface once; the code points that it has."""
    faces = [TTFont(name, file) for name, file in _FILES.items()]
    for face in faces:
        pdfmetrics.registerFont(face)
    pdfmetrics.registerFontFamily("Roboto", normal="Roboto", bold="Roboto-Bold")
    return frozenset(faces[0].face.charToGlyph)


def legible(text: str) -> str:
    """The text in letters that can be printed: "東京" becomes "DongJing", a smile ":smile:"."""
    known = _fonts()
    return "".join(c if ord(c) in known or c == "\n" else _INSTEAD.get(c) or anyascii(c) for c in text)


def style(size: float, *, bold: bool = False, color: Color = INK, **more: Any) -> ParagraphStyle:
    """A style of text; `size` in points."""
    _fonts()
    face = "Roboto-Bold" if bold else "Roboto"
    return ParagraphStyle(face, fontName=face, fontSize=size, leading=size * 1.35, textColor=color, **more)


def words(text: str, size: float = 10, **more: Any) -> Paragraph:
    """A paragraph; whatever is in the text, it is text."""
    return Paragraph(escape(legible(text)).replace("\n", "<br/>"), style(size, **more))


def printed(story: list[Flowable], title: str, footer: str) -> bytes:
    """The pages as PDF; the same content gives the same bytes."""
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=_SIDE, rightMargin=_SIDE, topMargin=18 * mm, bottomMargin=20 * mm,
        title=legible(title), author="Caravan", lang="en", invariant=1,
    )  # fmt: skip

    def foot(canvas: Any, page: Any) -> None:
        canvas.setFont("Roboto", 8)
        canvas.setFillColor(PALE)
        canvas.drawString(20 * mm, 11 * mm, legible(footer))
        canvas.drawRightString(A4[0] - 20 * mm, 11 * mm, str(page.page))

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()
