"""A document as sections of plain blocks, and its rendering as a PDF.

The debrief pack's page renders the same blocks as HTML. Text that comes from people is escaped: the
PDF library reads a markup of its own.
"""

from __future__ import annotations

import io
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    ListFlowable,
    ListItem,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

# DejaVu carries Cyrillic and Greek; Vera ships with the library. For Hangul, kana and Han the
# standard fonts of PDF readers are named, which are not embedded; a sign of any other script is
# printed as a question mark, and the page in the browser has it all.
_EAST_ASIAN = (
    ("HYSMyeongJo-Medium", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))),
    ("HeiseiMin-W3", ((0x3040, 0x30FF),)),
    ("STSong-Light", ((0x3000, 0x303F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xFF00, 0xFFEF))),
)
_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu", "/Library/Fonts")
_DARK = colors.HexColor("#191c20")
_QUIET = colors.HexColor("#52585f")
_RULE = colors.HexColor("#d8d5cc")


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short sentences."""

    items: Sequence[str]
    numbered: bool = False
    kind: str = "bullets"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head; `widths` are shares of the line."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    kind: str = "grid"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    kind: str = "text"


Block = Bullets | Grid | Text


@dataclass(slots=True)
class Section:
    """A titled part of a document."""

    title: str
    blocks: list[Block] = field(default_factory=list)


def as_pdf(title: str, subtitle: str, sections: Sequence[Section]) -> bytes:
    """The document on A4, with page numbers and the title at the foot of each page."""
    regular, bold = _fonts()
    styles = _styles(regular, bold)
    story: list[Flowable] = [Paragraph(_safe(title, regular), styles["title"])]
    story.append(Paragraph(_safe(subtitle, regular), styles["quiet"]))
    for section in sections:
        story.append(Paragraph(_safe(section.title, bold), styles["heading"]))
        for block in section.blocks:
            story += _flowables(block, styles, regular)
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=title,
        subject=subtitle,
        lang="en",
    )

    def foot(canvas: Canvas, _document: SimpleDocTemplate) -> None:
        canvas.setFont(regular, 8)
        canvas.setFillColor(_QUIET)
        canvas.drawString(18 * mm, 10 * mm, _plain(title, regular)[:90])
        canvas.drawRightString(A4[0] - 18 * mm, 10 * mm, str(canvas.getPageNumber()))

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def _flowables(block: Block, styles: dict[str, ParagraphStyle], font: str) -> list[Flowable]:
    if isinstance(block, Text):
        return [Paragraph(_safe(block.text, font), styles["body"])]
    if isinstance(block, Bullets):
        items = [ListItem(Paragraph(_safe(one, font), styles["body"])) for one in block.items]
        kind = "1" if block.numbered else "bullet"
        return [ListFlowable(items, bulletType=kind, leftIndent=14, bulletFontName=font)]
    return [_table(block, styles, font), Spacer(1, 3 * mm)]


def _table(grid: Grid, styles: dict[str, ParagraphStyle], font: str) -> Table:
    width = A4[0] - 36 * mm
    shares = list(grid.widths) or [1.0] * len(grid.head)
    columns = [width * share / sum(shares) for share in shares]
    rows = [[Paragraph(_safe(cell, font), styles["head"]) for cell in grid.head]]
    rows += [[Paragraph(_safe(cell, font), styles["cell"]) for cell in row] for row in grid.rows]
    table = Table(rows, colWidths=columns, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, _RULE),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def _styles(regular: str, bold: str) -> dict[str, ParagraphStyle]:
    body = ParagraphStyle(
        "body", fontName=regular, fontSize=9.5, leading=13.5, textColor=_DARK, spaceAfter=4
    )
    return {
        "body": body,
        "title": ParagraphStyle("title", body, fontName=bold, fontSize=18, leading=22),
        "quiet": ParagraphStyle("quiet", body, textColor=_QUIET),
        "heading": ParagraphStyle(
            "heading", body, fontName=bold, fontSize=12, leading=16, spaceBefore=10, keepWithNext=1
        ),
        "cell": ParagraphStyle("cell", body, fontSize=8.5, leading=11, spaceAfter=0),
        "head": ParagraphStyle(
            "head", body, fontName=bold, fontSize=8.5, leading=11, spaceAfter=0, textColor=_QUIET
        ),
    }


@lru_cache(maxsize=1)
def _fonts() -> tuple[str, str]:
    for folder in _FOLDERS:
        regular, bold = Path(folder) / "DejaVuSans.ttf", Path(folder) / "DejaVuSans-Bold.ttf"
        if regular.exists() and bold.exists():
            break
    else:
        regular, bold = Path("Vera.ttf"), Path("VeraBd.ttf")
    pdfmetrics.registerFont(TTFont("Pack", str(regular)))
    pdfmetrics.registerFont(TTFont("Pack-Bold", str(bold)))
    for name, _ in _EAST_ASIAN:
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return "Pack", "Pack-Bold"


def _safe(text: str, font: str) -> str:
    """Markup of `text`: signs that the font lacks are set in a font that has them."""
    known = pdfmetrics.getFont(font).face.charToGlyph
    found = []
    for east, run in groupby(text, key=lambda sign: _east_asian(sign, known)):
        words = "".join(run)
        if east:
            found.append(f'<font name="{east}">{escape(words)}</font>')
        else:
            found.append(escape(_plain(words, font)))
    return "".join(found).replace("\n", "<br/>")


def _east_asian(sign: str, known: Container[int]) -> str:
    """The name of the standard East Asian font for `sign`; empty if it needs none."""
    if ord(sign) in known:
        return ""
    for name, ranges in _EAST_ASIAN:
        if any(first <= ord(sign) <= last for first, last in ranges):
            return name
    return ""


def _plain(text: str, font: str) -> str:
    known = pdfmetrics.getFont(font).face.charToGlyph
    return "".join(sign if sign == "\n" or ord(sign) in known else "?" for sign in text)
