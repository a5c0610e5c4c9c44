"""Megabytes a CPU-second of the streaming X12 reader, against read().split() in the same run.

    python benchmarks/x12_reader.py [--megabytes 200]

The samples under tests/data/x12 are repeated, each in turn, to the size. The peer does the least that
could be called reading: whole file in memory, split at "~", then at "*"; it checks and finds nothing.
"""

import argparse
import resource
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from authwright.formats.x12.reader import X12Reader

SAMPLES = Path(__file__).parent.parent / "tests" / "data" / "x12"
TARGET = 40.0


def whole_interchanges() -> list[bytes]:
    """Every sample that is one or more closed interchanges."""
    parts = []
    for path in sorted(SAMPLES.rglob("*")):
        if path.is_file() and path.suffix != ".tsv":
            with path.open("rb") as stream:
                reader = X12Reader(stream, path.name)
                for _ in reader:
                    pass
                if reader.complete and not reader.diagnostics:
                    parts.append(path.read_bytes())
    return parts


def read_streaming(stream: BinaryIO) -> int:
    return sum(1 for _ in X12Reader(stream, "benchmark"))


def read_naive(stream: BinaryIO) -> int:
    return sum(1 for s in [s.split("*") for s in stream.read().decode("latin-1").split("~")] if s)


def cpu_seconds(read: Callable[[BinaryIO], int], path: Path) -> tuple[float, int]:
    with path.open("rb") as stream:
        begin = time.process_time()
        segments = read(stream)
        return time.process_time() - begin, segments


def peak_memory(path: Path) -> int:
    """Bytes that the reader held at most, measured apart since tracing slows it."""
    tracemalloc.start()
    with path.open("rb") as stream:
        for _ in zip(range(500_000), X12Reader(stream, "benchmark"), strict=False):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--megabytes", type=int, default=200)
    size = options.parse_args().megabytes * 1_000_000
    samples = whole_interchanges()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "repeated.x12"
        with path.open("wb") as out:
            for sample in samples:
                out.write(sample * (size // len(samples) // len(sample) + 1))
        megabytes = path.stat().st_size / 1e6
        ours, segments = cpu_seconds(read_streaming, path)
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        peer, _ = cpu_seconds(read_naive, path)
        peak = peak_memory(path)
    print(f"{megabytes:.0f} MB, {segments} segments")
    print(f"streaming reader  {megabytes / ours:6.1f} MB per CPU-second (goal {TARGET:.0f})")
    print(f"read().split()    {megabytes / peer:6.1f} MB per CPU-second")
    print(f"ratio             {peer / ours:6.2f} of the peer's speed, with offsets and checks")
    print(f"memory            {peak / 1e6:6.1f} MB held by the reader at most; process {rss:.0f} MB")
    return 0 if megabytes / ours >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
