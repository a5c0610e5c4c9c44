"""The reader on samples that others made, on any separators, any chunks, any cut."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.core.diagnostics import Severity
from authwright.formats.x12.reader import Delimiters, X12Reader

DATA = Path(__file__).parents[2] / "data/x12"
SAMPLES = sorted(p for p in DATA.rglob("*") if p.is_file())
SAMPLE = (DATA / "837P/lfh__demo.example1.837").read_bytes().strip()


def read(data, chunk=1 << 16):
    reader = X12Reader(io.BytesIO(data), "file.x12", chunk)
    return list(reader), reader


def isa(d=Delimiters("*", ":", "~", "^")):
    e = d.element
    fields = ["ISA", "00", " " * 10, "00", " " * 10, "ZZ", "CLINIC".ljust(15), "ZZ", "PAYER".ljust(15)]
    fields += ["260310", "1200", d.repetition, "00501", "000000001", "0", "P", d.component]
    return e.join(fields) + d.segment


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_offsets_point_to_the_segments(path):
    data = path.read_bytes()
    segments, _ = read(data)
    assert [number for number, _, _ in segments] == list(range(1, len(segments) + 1))
    for _, offset, elements in segments:
        assert data[offset : offset + len(elements[0])].decode("latin-1") == elements[0]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_chunks_of_any_size_give_the_same(path):
    whole, by_whole = read(path.read_bytes())
    for chunk in (1, 7, 64):
        segments, reader = read(path.read_bytes(), chunk)
        assert segments == whole
        assert reader.diagnostics == by_whole.diagnostics


def test_samples_that_are_whole_have_no_diagnostics():
    whole = [p for p in SAMPLES if p.name.startswith(("lfh__", "moov__")) and "837" in p.parent.name]
    assert len(whole) > 15
    for path in whole:
        _, reader = read(path.read_bytes())
        assert (reader.diagnostics, reader.complete) == ([], True), path.name


def test_interchanges_with_other_separators_follow_each_other():
    other = (DATA / "837P/imsweb__x12_valid_different_separators.txt").read_bytes()
    newline = (DATA / "837P/staedi__sample837-original.edi").read_bytes()
    parts = [SAMPLE, other, newline, SAMPLE]
    joined, _ = read(b"".join(parts))
    assert [e for _, _, e in joined] == [e for part in parts for _, _, e in read(part)[0]]


def test_line_breaks_or_none_give_the_same_segments():
    flat = SAMPLE.replace(b"\r", b"").replace(b"\n", b"")
    assert flat.count(b"~") > 40
    want = [e for _, _, e in read(flat)[0]]
    for line_break in (b"\n", b"\r\n", b"\n\n", b"\n  "):
        segments, reader = read(flat.replace(b"~", b"~" + line_break))
        assert [e for _, _, e in segments] == want
        assert reader.diagnostics == []


def test_binary_data_may_hold_any_separator():
    data = b"a~b*c\nISA*"
    text = f"{isa()}GS*PI*A*B*20260310*1200*1*X*005010X210~ST*275*0001~BIN*{len(data)}*".encode()
    segments, reader = read(text + data + b"~SE*3*0001~GE*1*1~IEA*1*000000001~")
    assert segments[3][2] == ["BIN", str(len(data)), data.decode()]
    assert (reader.diagnostics, reader.complete) == ([], True)


def test_the_position_of_a_diagnostic_is_its_line():
    data = SAMPLE.replace(b"SE*", b"SE*9", 1)
    _, reader = read(data, 64)
    (found,) = reader.diagnostics
    line = data.decode().splitlines()[found.line - 1]
    assert (found.code, found.column, line[:4]) == ("X12007", 1, "SE*9")


def test_memory_stays_flat_when_no_terminator_comes():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return isa().encode() if self.given == size else b"x" * size

    stream = Endless()
    reader = X12Reader(stream, "endless")
    assert [e[0] for _, _, e in reader] == ["ISA"]
    assert reader.diagnostics[0].code == "X12005"
    assert stream.given < 3 << 20


SEPARATORS = "*|!+<>:^~`\x1d\x1c\x1f\n"
WORD = st.text(st.characters(codec="ascii", categories=["Lu", "Nd"]), max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    marks=st.permutations(SEPARATORS).map(lambda m: Delimiters(*m[:4])),
    body=st.lists(st.lists(WORD, min_size=1, max_size=6), max_size=12),
    chunk=st.integers(1, 300),
)
def test_segments_come_back_whatever_separates_them(marks, body, chunk):
    sets = [["ST", "999", "0001"], *(["AK9", *b, "X"] for b in body), ["SE", str(len(body) + 2), "0001"]]
    wrapped = [["GS", "FA", "A", "B", "20260310", "1200", "1", "X", "005010"], *sets, ["GE", "1", "1"]]
    segments = [*wrapped, ["IEA", "1", "000000001"]]
    text = isa(marks) + "".join(marks.element.join(s) + marks.segment for s in segments)
    found, reader = read(text.encode(), chunk)
    assert [e for _, _, e in found[1:]] == segments
    assert (reader.diagnostics, reader.complete, reader.delimiters) == ([], True, marks)


@settings(max_examples=80, deadline=None)
@given(cut=st.integers(0, len(SAMPLE) - 1), chunk=st.integers(1, 500))
def test_a_cut_anywhere_is_told(cut, chunk):
    _, reader = read(SAMPLE[:cut], chunk)
    assert any(d.severity is Severity.ERROR for d in reader.diagnostics)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_told_and_never_raise(data):
    for whole in (data, isa().encode() + data):
        _, reader = read(whole)
        assert reader.complete or reader.diagnostics
        assert all(d.column >= 0 and d.line >= 0 for d in reader.diagnostics)
