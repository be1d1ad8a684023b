"""Networks as files, made in memory: ONNX of PyTorch's modules, Keras' own of its models, or the file that was named."""

from __future__ import annotations

import copy
import io
import re
import tempfile
import warnings
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from ._preprocessing import Preprocessing

#: Networks that come with the page.
BUNDLED = ("photos10", "pictographs")

#: Side of the pictures that a network reads of which nothing else is known.
USUAL_SIDE = 224


class ExportError(ValueError):
    """A model that its library cannot export; in the exporter's own words, with what to do."""


@dataclass(frozen=True)
class Network:
    """A network as files."""

    name: str
    files: tuple[tuple[str, bytes], ...]
    """Name and bytes, the one that describes the network first; empty for one that comes with the page."""
    parameters: dict[str, str]
    """What is said of it in the page's address."""


def network_of(model: Any, preprocessing: Preprocessing, size: int | tuple[int, int] | None = None) -> Network:
    """The files of a network.

    :param model: a ``torch.nn.Module``, a ``keras.Model``, the path of a file, or the name of a network that comes with Supersign
    :param size: height and width of what it reads, where nothing else tells
    :raises ExportError: where it cannot be exported
    :raises FileNotFoundError: where there is no such file
    """
    if isinstance(model, (str, PathLike)):
        return _from_path(fspath(model), preprocessing)
    # Keras on PyTorch makes models that are modules as well.
    if _is_of(model, "keras", "Model"):
        return _from_keras(model, preprocessing)
    if _is_of(model, "torch.nn.modules.module", "Module"):
        return _from_torch(model, preprocessing, size)
    raise TypeError(
        f"A {type(model).__name__} is no network that is read here: give a torch.nn.Module, a keras.Model, the path of a file, "
        f"or one of {', '.join(BUNDLED)}."
    )


def _is_of(model: Any, module: str, name: str) -> bool:
    """By the names of its classes, so that no library is loaded that the model did not bring."""
    return any(each.__name__ == name and each.__module__.startswith(module) for each in type(model).__mro__)


def _scaling(preprocessing: Preprocessing) -> dict[str, str]:
    if preprocessing.name:
        return {"scaling": preprocessing.name}
    if preprocessing.notes:
        raise TypeError(
            "Of a file or a model of Keras a scaling is said by its name (unit, signed, imagenet, caffe, bytes, mnist); mean and std are "
            "noted in the file of a PyTorch model."
        )
    return {}


def _from_path(path: str, preprocessing: Preprocessing) -> Network:
    if path in BUNDLED:
        return Network(path, (), {"model": path, **_scaling(preprocessing)})
    file = Path(path)
    if file.is_dir():
        names = [each for each in sorted(file.iterdir()) if each.is_file()]
        names.sort(key=lambda each: each.name != "model.json")
    else:
        names = [file, *_beside(file)]
    if not names or not names[0].exists():
        raise FileNotFoundError(f"There is no network {path}.")
    files = tuple((each.name, each.read_bytes()) for each in names)
    return Network(_free(file.stem), files, _scaling(preprocessing))


def _beside(file: Path) -> list[Path]:
    """Weights that lie beside the file that describes the network."""
    if file.suffix == ".onnx":
        return [each for each in sorted(file.parent.glob(f"{file.name}*")) if each != file]
    if file.suffix == ".json":
        return sorted(file.parent.glob("*.bin"))
    return []


def _free(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name) or "model"


def _from_keras(model: Any, preprocessing: Preprocessing) -> Network:
    name = _free(getattr(model, "name", "") or "model")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.keras"
        try:
            model.save(file)
        except Exception as error:
            raise ExportError(
                f"Keras could not save this model: {error}\n"
                "What it needs is said there; a model whose layers Keras can write (get_config) is read."
            ) from error
        return Network(name, ((file.name, file.read_bytes()),), _scaling(preprocessing))


def _from_torch(model: Any, preprocessing: Preprocessing, size: int | tuple[int, int] | None) -> Network:
    import torch

    weights = [*model.parameters(), *model.buffers()]
    is_elsewhere = any(each.device.type != "cpu" for each in weights)
    is_other = any(each.is_floating_point() and each.dtype != torch.float32 for each in weights)
    # Exported is a copy only where the weights have to be others: on the CPU, in float32.
    exported = copy.deepcopy(model).to("cpu").float() if is_elsewhere or is_other else model
    height, width = _input_size(size or preprocessing.size)
    channels = _channels(exported)
    example = torch.zeros(1, channels, height, width)
    was_training = [module for module in exported.modules() if module.training]
    try:
        exported.eval()
        data = _onnx(exported, example)
    finally:
        for module in was_training:
            module.training = True
    notes = preprocessing.notes
    name = _free(getattr(model, "default_cfg", {}).get("architecture") or type(model).__name__)
    return Network(name, ((f"{name}.onnx", data + _metadata(notes)),), {})


def _input_size(size: int | tuple[int, int] | None) -> tuple[int, int]:
    if size is None:
        return (USUAL_SIDE, USUAL_SIDE)
    return (size, size) if isinstance(size, int) else (int(size[0]), int(size[1]))


def _channels(model: Any) -> int:
    """What the first convolution reads."""
    for module in model.modules():
        if type(module).__name__ in ("Conv2d", "LazyConv2d") and getattr(module, "in_channels", 0):
            return int(module.in_channels)
    return 3


def _onnx(model: Any, example: Any) -> bytes:
    """By PyTorch's first exporter, which needs no other package and takes moments, else by its newer one."""
    told: list[str] = []
    for export in (_by_tracing, _by_dynamo):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return export(model, example)
        except Exception as error:  # Exporters raise whatever the model made them raise.
            words = str(error).strip() or type(error).__name__
            told.append(words if len(words) < 2000 else f"{words[:2000]} …")
    shape = tuple(example.shape)
    raise ExportError(
        "PyTorch could not export this model to ONNX. Its exporters say:\n\n"
        + "\n\n".join(f"  {words}" for words in dict.fromkeys(told))
        + f"\n\nThe model was tried on a picture of the shape {shape}; size= says another height and width. Python that looks at numbers "
        "(if x.sum() > 0) has to go from forward(), or be replaced by torch.where. A file that was exported otherwise is read as well: "
        "give its path in place of the model."
    )


def _by_tracing(model: Any, example: Any) -> bytes:
    import torch

    file = io.BytesIO()
    options: dict[str, Any] = {"input_names": ["image"], "do_constant_folding": True}
    try:
        torch.onnx.export(model, (example,), file, dynamo=False, **options)
    except TypeError as error:
        if "dynamo" not in str(error):
            raise
        # Before PyTorch 2.1 there was one exporter.
        torch.onnx.export(model, (example,), file, **options)
    return file.getvalue()


def _by_dynamo(model: Any, example: Any) -> bytes:
    import torch

    program = torch.onnx.export(model, (example,), dynamo=True, input_names=["image"], external_data=False, verbose=False)
    return program.model_proto.SerializeToString()


def _metadata(notes: dict[str, str]) -> bytes:
    """Entries of ``metadata_props``, field 14 of ONNX' ModelProto: fields of a message may follow in any order."""

    def field(number: int, data: bytes) -> bytes:
        return _varint(number << 3 | 2) + _varint(len(data)) + data

    return b"".join(
        field(14, field(1, key.encode()) + field(2, value.encode())) for key, value in notes.items()
    )


def _varint(number: int) -> bytes:
    parts = []
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])
