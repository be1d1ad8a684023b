"""docs/coverage.md, from what run.py found."""

import re
from collections import defaultdict

GROUPS = {
    "torchvision": "torchvision, classifiers",
    "timm": "timm",
    "keras": "Keras applications",
    "detectors": "Detectors",
    "segmenters": "Segmenters",
}

EXPORTERS = {
    "torchscript": "TorchScript",
    "dynamo": "torch.export",
    "dynamo23": "torch.export",
    "keras": "Keras file",
    "keras-onnx": "Keras, ONNX",
}

#: In which they stand in the tables.
ORDER = ["torch.export", "TorchScript", "Keras file", "Keras, ONNX"]

HEAD = """# Coverage

Networks with random weights, at reduced width, depth and size where files would be large, as two exporters of PyTorch and Keras write them: whether they open, and how near what they compute is to onnxruntime or Keras.
This page is written by one script, from an environment that is thrown away afterwards; it deletes every file as soon as it was measured, and goes on where it was broken off.

```sh
pip install torch torchvision timm onnx onnxruntime onnxscript keras ultralytics
python tools/coverage/run.py FOLDER                    # everything
python tools/coverage/run.py FOLDER timm/swin          # one network again; what FOLDER does not hold stays as it stands here
```

- **Numbers**: the largest difference of what a network yields (logits, the map of a segmenter, the boxes of a detector), as part of the largest number; where it is more than 1e-5 with how far onnxruntime (or Keras) itself is from float64, for random networks may be ill-conditioned.
- **Maps**: the largest difference of the Grad-CAM maps of all layers that a module of PyTorch yields or reads by itself, from PyTorch with hooks, as part of a map's largest value. Explained is the winner of a classifier, the class score of a detector's surest box, and of a segmenter the mean logit of its largest class over the places taken for it. Behind it stands how many of all layers were compared. Where it is more than 1e-4, it is held against PyTorch in float64, and where that does not help it stands with what PyTorch's own maps in float64 differ by once every convolution's result is off by what float32 rounds (5e-7 of its size): where a ReLU reads a number next to zero, rounding decides which way the gradient takes, and all layers before it show.
- **Time**: maps of all layers at once over the forward pass, in Node on WebAssembly with one thread, the shortest of three times, on a machine that did other things too; empty where it was not measured so.

Both of PyTorch's exporters have tried every network: the older one at opset 17, the newer at 18, transformers at 23, where attention is one operation.
"""

TAIL = """
## What does not open

Where an exporter refuses a network, its own words stand in the table. The deepest of EfficientNet V2 are so ill-conditioned with random statistics that float32 itself is off by as much as the
numbers are large; their normalisations remember what they read of eight random pictures instead, as after training. NASNetMobile is made by the function that Keras' own calls, which refuses to work on PyTorch.
"""


def number(value, digits=1):
    return "" if value is None else f"{value:.{digits}e}".replace("e-0", "e-").replace("e+00", "")


def line(item, row):
    _, name, exporter = item.split("/")
    opset = row.get("opset") or ""
    said = row.get("failed") and f"not exported: {row['failed']}"
    opens = "yes" if row["opens"] else (said or row.get("sentence", "no"))
    # Colours of a terminal, and where the exporter lies on a machine, say nothing here.
    opens = re.sub(r"\x1b?\[\d+m|(?<![:/\w])#? ?/\S+/\S*", "", opens)
    opens = opens.replace("|", "\\\\|").replace("\n", " ")
    opens = opens if len(opens) < 200 else f"{opens[:197]}…"
    itself = f"; itself: {number(row['moved'])}" if row.get("moved") else ""
    maps = f"{number(row['maps'])} ({row['compared']} of {row['layers']}{itself})" if row.get("compared") else ""
    numbers = number(row.get("difference"))
    if row.get("difference", 0) > 1e-5 and row.get("own"):
        numbers += f" (itself: {number(row['own'])})"
    time = f"{row['over']:.1f}" if row.get("over") else ""
    return f"| {name} | {EXPORTERS[exporter]} | {opset} | {opens} | {numbers} | {row.get('layers', '')} | {maps} | {time} |"


def read(text):
    """The rows of a page by group, network and exporter."""
    found, group = {}, None
    titles = {title: group for group, title in GROUPS.items()}
    for row in text.splitlines():
        if row.startswith("## "):
            group = titles.get(row[3:])
        cells = row.split(" | ")
        if group and len(cells) > 6 and cells[1] in EXPORTERS.values():
            found[group, cells[0].removeprefix("| "), cells[1]] = row
    return found


def is_right(row):
    cells = row.split(" | ")
    return cells[3] == "yes" and float(cells[4].split(" ")[0]) < 1e-4


def page(measured, before=""):
    """
    The whole page.
    @param measured rows by GROUP/NAME/EXPORTER
    @param before the page as it was: what has not been measured stays as it stands there
    """
    rows = read(before)
    for item, row in measured.items():
        group, name, exporter = item.split("/")
        rows[group, name, EXPORTERS[exporter]] = line(item, row)
    parts = [HEAD, "| | Networks | Read by one exporter at least, to 1e-4 |\n| --- | --- | --- |"]
    for group, title in GROUPS.items():
        right = defaultdict(bool)
        for (own, name, _), row in rows.items():
            if own == group:
                right[name] |= is_right(row)
        if right:
            parts.append(f"| {title} | {len(right)} | {sum(right.values())} |")
    for group, title in GROUPS.items():
        own = sorted((name, ORDER.index(exporter), row) for (each, name, exporter), row in rows.items() if each == group)
        if not own:
            continue
        parts.append(f"\n## {title}\n\n| Network | Exporter | Opset | Opens | Numbers | Layers | Maps | Time |\n| --- | --- | --- | --- | --- | --- | --- | --- |")
        parts += [row for _, _, row in own]
    return "\n".join(parts) + "\n" + TAIL
