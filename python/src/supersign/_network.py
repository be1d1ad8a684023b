"""Networks as files, made in memory: ONNX of PyTorch's modules, Keras' own of its models, or the file that was named."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import re
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from ._file import FileBytes
from ._onnx import metadata, with_weights
from ._preprocessing import Preprocessing

#: Networks that come with the page.
BUNDLED = ("photos10", "pictographs")

#: Files beside a network that say how pictures are scaled for it.
NOTES_BESIDE = ("preprocessor_config.json", "config.json")

#: Most numbers of a weight that is not worth a thought.
FEW = 1024

#: Side of the pictures that a network reads of which nothing else is known.
USUAL_SIDE = 224


class ExportError(ValueError):
    """A model that its library cannot export; in the exporter's own words, with what to do."""


@dataclass(frozen=True)
class Network:
    """A network as files."""

    name: str
    files: tuple[tuple[str, FileBytes], ...]
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


def _told(files: list[tuple[str, FileBytes]], preprocessing: Preprocessing) -> tuple[tuple[tuple[str, FileBytes], ...], dict[str, str]]:
    """The files with what is said of the scaling, and what the address says of it: its name, where it has one."""
    notes = preprocessing.notes
    name = preprocessing.name or notes.get("scaling")
    if name:
        return tuple(files), {"scaling": name}
    if not notes:
        return tuple(files), {}
    (main, data), *beside = files
    if main.endswith(".onnx"):
        return ((main, FileBytes([*data.pieces, metadata(notes)])), *beside), {}
    # An archive of the network's files with what Hugging Face writes beside one; what was there is not what was given.
    said = {"do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True}
    said |= {f"image_{key}": json.loads(value) for key, value in notes.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name_in, data_in in files:
            if name_in not in NOTES_BESIDE:
                archive.writestr(name_in, bytes(data_in))
        archive.writestr(NOTES_BESIDE[0], json.dumps(said))
    return ((f"{Path(main).stem}.zip", FileBytes([packed.getvalue()])),), {}


def _from_path(path: str, preprocessing: Preprocessing) -> Network:
    if path in BUNDLED:
        return Network(path, (), {"model": path, **({"scaling": preprocessing.name} if preprocessing.name else {})})
    file = Path(path)
    if file.is_dir():
        names = [each for each in sorted(file.iterdir()) if each.is_file()]
        names.sort(key=lambda each: each.name != "model.json")
    else:
        names = [file, *_beside(file)]
    if not names or not names[0].exists():
        raise FileNotFoundError(f"There is no network {path}.")
    files, parameters = _told([(each.name, FileBytes([each.read_bytes()])) for each in names], preprocessing)
    return Network(_free(file.stem), files, parameters)


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
        files, parameters = _told([(file.name, FileBytes([file.read_bytes()]))], preprocessing)
    return Network(name, files, parameters)


def _from_torch(model: Any, preprocessing: Preprocessing, size: int | tuple[int, int] | None) -> Network:
    import torch

    try:
        exported = _in_float32(model)
    except Exception as error:
        raise ExportError(f"The weights of this model cannot be had on the CPU: {error}") from error
    height, width = _input_size(size or preprocessing.size)
    channels = _channels(exported)
    example = torch.zeros(1, channels, height, width)
    was_training = [module for module in exported.modules() if module.training]
    exported.eval()
    try:
        small, weights = _onnx(exported, example)
    finally:
        for module in was_training:
            module.training = True
    data = with_weights(small + metadata(preprocessing.notes), weights)
    name = _free(getattr(model, "default_cfg", {}).get("architecture") or type(model).__name__)
    return Network(name, ((f"{name}.onnx", data),), {})


def _input_size(size: int | tuple[int, int] | None) -> tuple[int, int]:
    if size is None:
        return (USUAL_SIDE, USUAL_SIDE)
    return (size, size) if isinstance(size, int) else (int(size[0]), int(size[1]))


def _channels(model: Any) -> int:
    """What the first convolution reads."""
    for module in model.modules():
        channels: int = getattr(module, "in_channels", None) or 0
        if type(module).__name__ in ("Conv2d", "LazyConv2d") and channels > 0:
            return channels
    return 3


def _in_float32(model: Any) -> Any:
    """The model itself, or a copy where its weights have to be others to be exported: on the CPU, in float32."""
    import torch

    def other(weight: Any) -> bool:
        return bool(weight.device.type != "cpu" or (weight.is_floating_point() and weight.dtype != torch.float32))

    weights = [*model.parameters(), *model.buffers()]
    if not any(other(each) for each in weights):
        return model

    def made(weight: Any) -> Any:
        kept = weight.detach().to("cpu", torch.float32 if weight.is_floating_point() else None)
        return torch.nn.Parameter(kept, requires_grad=False) if isinstance(weight, torch.nn.Parameter) else kept

    # What is copied already is not copied by deepcopy, so that no weight is there twice on the way.
    return copy.deepcopy(model, {id(each): made(each) for each in weights if other(each)})


#: An ONNX file whose large weights are missing, and those weights by name, as tensors of PyTorch.
_WithoutWeights = tuple[bytes, dict[str, Any]]


def _onnx(model: Any, example: Any) -> _WithoutWeights:
    """By PyTorch's first exporter, which needs no other package and takes moments, else by its newer one."""
    told: list[str] = []
    for export in (_by_tracing, _by_dynamo):
        try:
            # The exporters print what they were at when they failed; it is said in the error where both do.
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
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


def _by_tracing(model: Any, example: Any) -> _WithoutWeights:
    import torch

    # The exporter writes into memory as into a file; its types know of files alone.
    file: Any = io.BytesIO()
    options: dict[str, Any] = {"input_names": ["image"], "do_constant_folding": True}
    with _weights_apart() as weights:
        try:
            torch.onnx.export(model, (example,), file, dynamo=False, **options)
        except TypeError as error:
            if "dynamo" not in str(error):
                raise
            # Before PyTorch 2.1 there was one exporter.
            torch.onnx.export(model, (example,), file, **options)
    return file.getvalue(), weights


@contextlib.contextmanager
def _weights_apart() -> Iterator[dict[str, Any]]:
    """While it lasts, the first exporter leaves weights out of the file (its own ``defer_weight_export``) and hands them over.

    By itself it holds them three times on the way: as a message, as its bytes in C++, and as those in Python.
    """
    import torch

    weights: dict[str, Any] = {}
    graph: Any = getattr(torch._C, "Graph", None)
    inner = getattr(graph, "_export_onnx", None)
    if inner is None:
        yield weights
        return

    def export(self: Any, initializers: Any, opset: Any, axes: Any, _: Any, *rest: Any) -> Any:
        proto, deferred, *told = inner(self, initializers, opset, axes, True, *rest)
        weights.update(deferred)
        return (proto, {}, *told)

    graph._export_onnx = export
    try:
        yield weights
    finally:
        graph._export_onnx = inner


def _by_dynamo(model: Any, example: Any) -> _WithoutWeights:
    import torch

    program: Any = torch.onnx.export(model, (example,), dynamo=True, input_names=["image"], external_data=False, verbose=False)
    weights: dict[str, Any] = {}
    for name, value in program.model.graph.initializers.items():
        tensor = getattr(value.const_value, "raw", None)
        if isinstance(tensor, torch.Tensor) and tensor.is_floating_point() and tensor.numel() > FEW:
            weights[name] = tensor.detach()
            value.const_value = _elsewhere(value.const_value)
    return program.model_proto.SerializeToString(), weights


def _elsewhere(tensor: Any) -> Any:
    """As the exporter's library notes a weight that lies in another file."""
    import onnx_ir

    return onnx_ir.ExternalTensor("weights", 0, tensor.nbytes, tensor.dtype, shape=tensor.shape, name=tensor.name)


