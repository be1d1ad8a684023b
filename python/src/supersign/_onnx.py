"""ONNX files as bytes: what is written into one without a library, and without its weights twice
in memory.

An ONNX file is a message of Protocol Buffers: fields, each a key (number and kind as a varint) and its content
(https://protobuf.dev/programming-guides/encoding). Numbers of fields are those of onnx.proto.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ._file import FileBytes

#: Fields of ModelProto, GraphProto and TensorProto.
GRAPH, METADATA, INITIALIZER = 7, 14, 5
NAME, RAW_DATA, EXTERNAL_DATA, DATA_LOCATION = 8, 9, 13, 14

def metadata(notes: dict[str, str]) -> bytes:
    """Entries of ``metadata_props``: fields of a message may follow in any order, so they may stand behind a file."""
    return b"".join(
        _field(METADATA, _field(1, key.encode()) + _field(2, value.encode())) for key, value in notes.items()
    )


def with_weights(file: bytes, weights: dict[str, Any]) -> FileBytes:
    """A file with the weights that it lacks.

    :param file: an ONNX file whose initializers of these names have no numbers, or what stands for them
    :param weights: by name, as bytes, which are taken as they are, or as tensors of PyTorch on the CPU, which are copied
    :raises KeyError: where the file has no initializer of such a name
    """
    pieces: list[bytes | memoryview] = []
    missing = dict(weights)
    for number, whole, content in _fields(memoryview(file)):
        pieces += _graph(content, missing) if number == GRAPH else [whole]
    if missing:
        raise KeyError(f"The exporter's file does not name these weights: {', '.join(missing)}.")
    return FileBytes(pieces)


def _graph(graph: memoryview, missing: dict[str, Any]) -> list[bytes | memoryview]:
    pieces: list[bytes | memoryview] = []
    for number, whole, content in _fields(graph):
        name = _name(content) if number == INITIALIZER else None
        if name is None or name not in missing:
            pieces.append(whole)
            continue
        weight = missing.pop(name)
        data: bytes = weight if isinstance(weight, bytes) else weight.detach().numpy().tobytes()
        left_out = (RAW_DATA, EXTERNAL_DATA, DATA_LOCATION)
        head = b"".join(bytes(each) for field, each, _ in _fields(content) if field not in left_out)
        head += _key(RAW_DATA) + _varint(len(data))
        pieces += [_key(INITIALIZER) + _varint(len(head) + len(data)) + head, data]
    return [_key(GRAPH) + _varint(sum(map(len, pieces))), *pieces]


def _name(tensor: memoryview) -> str | None:
    return next((bytes(content).decode() for number, _, content in _fields(tensor) if number == NAME), None)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """Number, all bytes and content of every field."""
    at = 0
    while at < len(message):
        start = at
        key, at = _read_varint(message, at)
        kind = key & 7
        if kind == 2:
            length, at = _read_varint(message, at)
        elif kind == 0:
            length = _read_varint(message, at)[1] - at
        elif kind in (1, 5):
            length = 8 if kind == 1 else 4
        else:
            raise ValueError(f"A field of the kind {kind} is none of an ONNX file.")
        yield key >> 3, message[start : at + length], message[at : at + length]
        at += length


def _read_varint(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at += 1
        if byte < 128:
            return value, at
        shift += 7


def _field(number: int, data: bytes) -> bytes:
    return _key(number) + _varint(len(data)) + data


def _key(number: int) -> bytes:
    """Of a field whose content has its length before it."""
    return _varint(number << 3 | 2)


def _varint(number: int) -> bytes:
    parts = []
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])
