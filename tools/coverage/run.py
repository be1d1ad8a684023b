"""Exports every network, opens it, compares it, and writes docs/coverage.md: see there.

    python tools/coverage/run.py FOLDER [--at-most COUNT] [GROUP[/NAME[/EXPORTER]] ...]

Files are deleted as soon as they were measured; FOLDER/rows.json keeps what was found, so that a run that was broken off goes on. What is named on
the command line is measured again; rows of the page that FOLDER does not hold stay as they are. Needs what export.py needs, and Node.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CHUNK = 12


def everything():
    """GROUP/NAME/EXPORTER of all that is measured."""
    from networks import GROUPS
    from networks.keras_networks import NETWORKS
    from networks.timm_transformers import NETWORKS as TRANSFORMERS

    networks = [f"{group}/{name}" for group, names in GROUPS.items() for name in names]
    yield from (f"{network}/torchscript" for network in networks)
    yield from (f"keras/{name}/keras" for name in NETWORKS)
    yield from (f"keras/{name}/keras-onnx" for name in ("ConvNeXtTiny", "EfficientNetB0", "MobileNetV2", "ResNet50"))
    yield from (f"timm/{name}/dynamo23" for name in TRANSFORMERS)
    yield from (f"{network}/dynamo" for network in networks if network.removeprefix("timm/") not in TRANSFORMERS)


def measured(folder, items):
    """Rows of some networks; their files are gone afterwards."""
    exports = folder / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "KERAS_BACKEND": "torch", "YOLO_OFFLINE": "1", "YOLO_CONFIG_DIR": str(folder), "PYTHONWARNINGS": "ignore"}
    steps = [
        [sys.executable, str(HERE / "export.py"), str(exports), *items],
        ["npx", "tsx", str(HERE / "open.ts"), str(exports)],
        [sys.executable, str(HERE / "compare.py"), str(exports)],
    ]
    with open(folder / "log.txt", "a") as log:
        for step in steps:
            log.flush()
            subprocess.run(step, cwd=ROOT, env=environment, stdout=log, stderr=log, check=True)
    rows = {}
    for item in items:
        stem = item.replace("/", ".")
        exported = json.loads((exports / f"{stem}.json").read_text())
        row_file = exports / f"{stem}.row.json"
        row = json.loads(row_file.read_text()) if row_file.exists() else {"opens": False}
        failed = {"failed": exported["failed"]} if "failed" in exported else {}
        rows[item] = {"opset": exported.get("opset"), "own": exported.get("own"), **row, **failed}
    for file in exports.iterdir():
        file.unlink()
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--at-most", type=int, default=10_000)
    given = parser.parse_args()
    folder, named = given.folder.resolve(), given.names
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "rows.json"
    rows = json.loads(file.read_text()) if file.exists() else {}
    wanted = list(everything())
    if named:
        wanted = [item for item in wanted if any(f"{item}/".startswith(f"{name}/") for name in named)]
    else:
        wanted = [item for item in wanted if item not in rows]
    wanted = wanted[: given.at_most]
    for start in range(0, len(wanted), CHUNK):
        rows |= measured(folder, wanted[start : start + CHUNK])
        file.write_text(json.dumps(rows, indent=1))
        print(f"{min(start + CHUNK, len(wanted))} of {len(wanted)}", flush=True)

    from table import page

    file = ROOT / "docs" / "coverage.md"
    file.write_text(page({item: rows[item] for item in everything() if item in rows}, file.read_text()))


main()
