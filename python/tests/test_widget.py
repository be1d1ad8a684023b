"""What the kernel answers to a view, message by message."""

from __future__ import annotations

import gzip
import json

import pytest

from supersign import NotDrawnYet, analyse, explain
from supersign._engine import FRONT

if not (FRONT / "widget.js").exists():
    pytest.skip("the front end is not built: node tools/python.mjs --front builds it", allow_module_level=True)


@pytest.fixture
def view(picture):
    made = explain("photos10", [picture, 255 - picture], labels=["a", "b"], layer="conv3_2", target=4, torus=True)
    made.sent = []
    made.send = lambda content, buffers=(): made.sent.append((content, [bytes(each) for each in buffers]))
    return made


def asked(view, question: dict) -> list[bytes]:
    view._answer(view, {"id": "1", **question}, [])
    content, buffers = view.sent.pop()
    assert content == {"answer": "1"}
    return buffers


def test_it_says_what_to_open(view):
    opening = json.loads(gzip.decompress(asked(view, {"kind": "opening"})[0]))
    assert opening["parameters"] == {"model": "photos10", "layer": "conv3_2", "class": "4", "torus": "1"}
    assert opening["network"] is None
    assert [each["name"] for each in opening["pictures"]] == ["picture 1", "picture 2"]
    size = opening["pictures"][1]["bytes"]
    parts = [asked(view, {"kind": "blob", "of": "picture", "index": 1, "from": a, "to": b})[0] for a, b in [(0, 10), (10, size)]]
    assert b"".join(parts).startswith(b"\x89PNG") and len(b"".join(parts)) == size


def test_it_gives_out_the_picture_that_likeness_is_to(picture):
    made = explain("photos10", picture, alike=255 - picture)
    assert made._opening()["parameters"]["alike"] == "file"
    second = made._opening()["second"]
    assert made._bytes("second", 0, 0, second["bytes"])[:4] == b"\x89PNG"
    address = explain("photos10", picture, alike="https://example.org/a.png")._opening()
    assert address["parameters"]["alike"] == "https://example.org/a.png" and address["second"] is None


def test_it_gives_out_files_of_the_page_and_no_others(view):
    pieces = json.loads(gzip.decompress(asked(view, {"kind": "pieces"})[0]))
    script, style = asked(view, {"kind": "files", "paths": [pieces["script"], pieces["styles"][0]]})
    assert len(gzip.decompress(script)) == pieces["files"][pieces["script"]]["bytes"]
    assert len(gzip.decompress(style)) == pieces["files"][pieces["styles"][0]]["bytes"]
    with pytest.raises(ValueError, match="no file of the page"):
        asked(view, {"kind": "files", "paths": ["../../_widget.py"]})


def test_a_setting_that_there_is_not_is_said_at_once(picture):
    with pytest.raises(TypeError, match='no setting "metod"; there are target, against'):
        explain("photos10", picture, metod="layer-cam")
    with pytest.raises(TypeError, match='"versus" is a setting of the view'):
        analyse("photos10", picture, versus="class:3")


def test_a_figure_takes_what_is_on_screen_and_leaves_what_only_a_view_has(view):
    shown = {"layer": "conv2_1", "flow": "part", "versus": "class:3", "within": "0.1,0.1,0.5,0.5", "story": "2", "backend": "wasm"}
    analysis = {"schema": "supersign/analysis", "layers": [], "settings": {"view": shown}, "image": {"name": "b"}}
    packed = gzip.compress(json.dumps(analysis).encode())
    view._answer(view, {"kind": "report", "report": "analysis", "id": "a", "part": 0, "of": 1}, [packed])
    asked_for = view.figure("superization-flow").request.parameters
    assert asked_for == {"layer": "conv2_1", "class": "4", "torus": "1", "flow": "part"}


def test_it_hears_what_is_on_screen(view):
    with pytest.raises(NotDrawnYet, match=r"supersign.analyse\(model, image\)"):
        view.analysis
    analysis = {"schema": "supersign/analysis", "layers": [], "settings": {"view": {"layer": "conv1"}}}
    packed = gzip.compress(json.dumps(analysis).encode())
    for part, data in [(1, packed[20:]), (0, packed[:20])]:
        view._answer(view, {"kind": "report", "report": "analysis", "id": "a", "part": part, "of": 2}, [data])
    assert view.analysis.data["settings"]["view"] == {"layer": "conv1"}
    later = gzip.compress(b'{"layer": "conv2"}')
    view._answer(view, {"kind": "report", "report": "view", "id": "b", "part": 0, "of": 1}, [later])
    assert view.analysis.data["settings"]["view"] == {"layer": "conv2"}
    view._answer(view, {"kind": "report", "report": "told", "id": "c", "part": 0, "of": 1}, [gzip.compress(b"Too large.")])
    assert view.messages == ["Too large."]
