"""Letters and confirmations as PDF: plain lines of text on one or more pages (ISO 32000-1)."""

from collections.abc import Sequence

LINES_A_PAGE = 48
_HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


def pdf(lines: Sequence[str]) -> bytes:
    """A PDF whose text can be copied. Characters outside Latin-1 become question marks."""
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, max(len(lines), 1), LINES_A_PAGE)]
    first = 4  # objects 1 to 3 are the catalog, the page tree and the font
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        drawn = b"BT /F1 11 Tf 14 TL 64 740 Td\n" + b"".join(map(_shown, page)) + b"ET"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {first + 2 * number + 1} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _file(objects)


def _shown(line: str) -> bytes:
    text = line.encode("latin-1", "replace")
    for special in (b"\\", b"(", b")"):
        text = text.replace(special, b"\\" + special)
    return b"(" + text + b") Tj T*\n"


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects one after the other, with the table of where each begins."""
    out, starts = bytearray(_HEAD), []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table)
    return bytes(out)
