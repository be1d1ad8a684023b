"""The bytes of a file, which may be large, as pieces that are nowhere joined."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class FileBytes:
    """Bytes of a file in pieces, so that a network's weights are in memory once."""

    def __init__(self, pieces: Iterable[bytes | memoryview]) -> None:
        self.pieces = tuple(pieces)

    def __len__(self) -> int:
        return sum(map(len, self.pieces))

    def __bytes__(self) -> bytes:
        return b"".join(self.pieces)

    def between(self, start: int, end: int) -> bytes:
        """A copy of the bytes from ``start`` to before ``end``."""
        found, at = [], 0
        for piece in self.pieces:
            if at < end and start < at + len(piece):
                found.append(memoryview(piece)[max(0, start - at) : end - at])
            at += len(piece)
        return b"".join(found)

    def write(self, file: Path) -> None:
        """Write them into a file, piece by piece."""
        with file.open("wb") as target:
            for piece in self.pieces:
                target.write(piece)
