"""A document that Word and WPS edit (.docx): headings, paragraphs, tables; its few XML parts.

Only what ECMA-376 asks of every package is written: content types, relations, styles, the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from station_app.errors import ExchangeFault
from station_app.i18n import tr

#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: A page of A4 with margins, in twentieths of a point.
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1247" w:bottom="1304" w:left="1247" w:header="709"'
    ' w:footer="709" w:gutter="0"/></w:sectPr>'
)
_WIDTH = 11906 - 2 * 1247


class Document:
    """One document being written, from top to bottom."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._body: list[str] = []

    def heading(self, text: str, level: int = 1) -> None:
        """A heading; level 0 is the title of the whole."""
        style = "Title" if level == 0 else f"Heading{level}"
        self._body.append(_paragraph(text, style))

    def paragraph(self, text: str = "", *, small: bool = False) -> None:
        """A paragraph; ``small`` for notes."""
        self._body.append(_paragraph(text, "Note" if small else ""))

    def table(
        self, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]
    ) -> None:
        """A table whose head stands on every page; ``widths`` are shares of the page."""
        whole = sum(widths)
        columns = [round(_WIDTH * one / whole) for one in widths]
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in columns)
        lines = [_row(heads, columns, head=True), *(_row(one, columns) for one in rows)]
        self._body.append(
            '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>'
            f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>" + _paragraph("", "")
        )

    def save(self, path: Path) -> None:
        """Write the document to ``path``; it appears there only when it is whole.

        Raises ExchangeFault if the file cannot be written.
        """
        fresh = path.with_name(f".{path.name}.part")
        try:
            with ZipFile(fresh, "w", ZIP_DEFLATED) as package:
                for name, text in self._parts().items():
                    # One moment for all: the same report gives the same bytes.
                    package.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, ZIP_DEFLATED)
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise ExchangeFault(
                tr("The report cannot be written there. Is a file of this name open elsewhere?")
            ) from None

    def _parts(self) -> dict[str, str]:
        body = "".join(self._body)
        return {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _relations(
                (f"{_OFFICE}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": _core(self._title),
            "word/_rels/document.xml.rels": _relations((f"{_OFFICE}/styles", "styles.xml")),
            "word/styles.xml": _HEAD + _STYLES,
            "word/document.xml": (
                f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{body}{_PAGE}</w:body></w:document>'
            ),
        }


def _run(text: str, bold: bool = False) -> str:
    clean = escape(_FORBIDDEN.sub("", text))
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = clean.split("\n")
    broken = "<w:br/>".join(f'<w:t xml:space="preserve">{one}</w:t>' for one in lines)
    return f"<w:r>{look}{broken}</w:r>"


def _paragraph(text: str, style: str, *, bold: bool = False) -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{_run(text, bold) if text else ''}</w:p>"


def _row(cells: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEECE8"/>' if head else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{_paragraph(text, 'Cell', bold=head)}</w:tc>"
        for text, width in zip(cells, widths, strict=True)
    )
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{made}</w:tr>"


def _types() -> str:
    overrides = (
        ("/word/document.xml", f"{_TYPE}.document.main+xml"),
        ("/word/styles.xml", f"{_TYPE}.styles+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    )
    said = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in overrides)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    said = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(_FORBIDDEN.sub('', title))}</dc:title></cp:coreProperties>"
    )


def _style(name: str, said: str, size: int, *, more: str = "", bold: bool = False) -> str:
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{said}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{more}</w:pPr>'
        f'<w:rPr>{weight}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A857D"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = (
    f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    '<w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:line="320" w:lineRule="auto"/></w:pPr></w:style>'
    + _style("Title", "Title", 36, bold=True, more='<w:jc w:val="center"/>')
    + _style("Heading1", "heading 1", 28, bold=True, more='<w:keepNext/><w:spacing w:before="240"'
             ' w:after="80"/><w:outlineLvl w:val="0"/>')
    + _style("Heading2", "heading 2", 24, bold=True, more='<w:keepNext/><w:spacing w:before="160"'
             ' w:after="60"/><w:outlineLvl w:val="1"/>')
    + _style("Note", "Note", 18)
    + _style("Cell", "Cell", 19, more='<w:spacing w:before="30" w:after="30" w:line="260"'
             ' w:lineRule="auto"/>')
    + '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr>'
    f"<w:tblBorders>{_EDGES}</w:tblBorders>"
    '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style></w:styles>"
)  # fmt: skip
