"""The plain PDFs that portals hand out."""

import re

from authwright_sandbox.pdf import LINES_A_PAGE, pdf


def test_each_object_stands_where_the_table_says() -> None:
    data = pdf(["One", "Two (2)", "Back\\slash"])
    table = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    assert data[table:].startswith(b"xref")
    starts = [int(found) for found in re.findall(rb"(\d{10}) 00000 n", data[table:])]
    assert len(starts) == 5
    for number, start in enumerate(starts, 1):
        assert data[start:].startswith(b"%d 0 obj" % number)
    assert b"(Two \\(2\\)) Tj" in data and b"(Back\\\\slash) Tj" in data


def test_long_texts_take_more_pages() -> None:
    assert b"/Count 3" in pdf(["line"] * (2 * LINES_A_PAGE + 1))
    assert b"/Count 1" in pdf([])
