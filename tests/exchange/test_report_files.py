"""A report as document and as spreadsheet, read back: valid, whole, and the same each time."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from station_app.domain.figure_words import figure_means, figure_word
from station_app.domain.figures import TOLD, Figure
from station_app.domain.words import paper
from station_app.errors import ExchangeFault
from station_app.exchange.documents import Document
from station_app.exchange.report_files import write_report
from tests.printing import reports

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(path: Path) -> ElementTree.Element:
    """The body of a document, once every part of its package is well-formed and named."""
    with ZipFile(path) as package:
        assert package.testzip() is None
        names = set(package.namelist())
        parts = {name: ElementTree.fromstring(package.read(name)) for name in names}
    for name in names:
        if name.endswith(".rels"):
            folder = name.replace("_rels/", "").rpartition("/")[0]
            for one in parts[name]:
                assert f"{folder}/{one.attrib['Target']}".lstrip("/") in names
    types = parts["[Content_Types].xml"]
    declared = {one.attrib["PartName"][1:] for one in types if "PartName" in one.attrib}
    assert declared <= names
    return parts["word/document.xml"]


def words(element: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def test_a_document_has_headings_and_tables_with_every_figure(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    write_report(reports.report(), path)
    body = document(path)
    styles = [one.attrib[f"{W}val"] for one in body.iter(f"{W}pStyle")]
    assert {"Title", "Heading1", "Heading2"} <= set(styles)
    first = next(body.iter(f"{W}tbl"))
    rows = [[words(cell) for cell in row.iter(f"{W}tc")] for row in first.iter(f"{W}tr")]
    assert [row[0] for row in rows[1:]] == [figure_word(one, paper) for one in TOLD]
    assert all(figure_means(one, paper) in row[-1] for one, row in zip(TOLD, rows[1:], strict=True))
    for table in body.iter(f"{W}tbl"):
        columns = len(list(table.iter(f"{W}gridCol")))
        assert all(len(list(row.iter(f"{W}tc"))) == columns for row in table.iter(f"{W}tr"))
    assert "玛依努尔·吐尔逊江" in words(body)


def test_the_same_report_gives_the_same_document(tmp_path: Path) -> None:
    one, two = tmp_path / "1.docx", tmp_path / "2.docx"
    for path in (one, two):
        write_report(reports.campaign(), path)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(tmp_path.iterdir()) == [one, two]


def test_markup_and_control_characters_do_no_harm(tmp_path: Path) -> None:
    made = Document("a<b>&\x07")
    made.paragraph("x<y> & \x00\ufffe“z”\n第二行")
    made.save(tmp_path / "a.docx")
    body = document(tmp_path / "a.docx")
    assert words(body) == "x<y> & “z”第二行"
    assert len(list(body.iter(f"{W}br"))) == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExchangeFault):
        write_report(reports.report(), tmp_path / "nowhere" / "a.docx")


def test_a_spreadsheet_has_the_figures_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_report(reports.report(), path)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    by_name = {str(row[0]): row for row in rows[3:]}
    assert by_name[figure_word(Figure.RECEPTIONS, paper)][2] == 1203
    assert by_name[figure_word(Figure.AMOUNT, paper)][2] == 12.18
    assert by_name[figure_word(Figure.IN_TIME, paper)][4] == 65
