"""The PDF of a document of blocks."""

from __future__ import annotations

from apps.replay.paper import Bullets, Grid, Section, Text, as_pdf


def test_a_document_of_every_block_is_a_pdf():
    sections = [
        Section("Summary", [Text("One paragraph.\nAnd a second line.")]),
        Section("Turns", [Grid(["Turn", "What"], [["1", "A test"]], [1, 4])]),
        Section("Questions", [Bullets(["Why?"], numbered=True)]),
    ]
    data = as_pdf("Debrief", "Korean Knot", sections)
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")


def test_what_people_wrote_is_never_read_as_markup():
    data = as_pdf(
        "<b>bold & <unclosed", "</para>", [Section("<font", [Text("<img src='x'/> 북한")])]
    )
    assert data.startswith(b"%PDF-")


def test_a_long_table_runs_over_several_pages():
    rows = [[str(number), "word " * 40] for number in range(200)]
    data = as_pdf("Long", "", [Section("Rows", [Grid(["n", "text"], rows, [1, 6])])])
    assert data.count(b"/Type /Page\n") > 3


def test_names_in_east_asian_scripts_are_set_in_fonts_that_have_them():
    names = "Борис, 김민수, 王小明, さくら & <Ада>"
    data = as_pdf("Names", "", [Section("People", [Text(names)])])
    for font in (b"HYSMyeongJo-Medium", b"STSong-Light", b"HeiseiMin-W3"):
        assert font in data
