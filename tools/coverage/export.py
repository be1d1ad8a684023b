"""Writes the networks of models.py as ONNX, with what PyTorch and onnxruntime compute of one picture.

    python export.py FOLDER [--exporter torchscript|dynamo] [NAME ...]

Needs torch, torchvision, timm, onnx, onnxruntime, and onnxscript for the exporter that is built on torch.export.
"""

import argparse
import json
import sys
import time
import traceback
import warnings
from pathlib import Path

import torch

from models import MODELS, made, picture

warnings.filterwarnings("ignore")
torch.set_num_threads(1)


def export(network, inputs, file, exporter):
    options = {"input_names": ["input"], "output_names": ["output"]}
    if exporter == "dynamo":
        torch.onnx.export(network, (inputs,), file, opset_version=18, dynamo=True, external_data=False, verbose=False, **options)
    else:
        torch.onnx.export(network, (inputs,), file, opset_version=17, dynamo=False, **options)


def computed(file, inputs):
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    settings.log_severity_level = 4
    session = onnxruntime.InferenceSession(file, settings, providers=["CPUExecutionProvider"])
    [output] = session.run(None, {"input": inputs.numpy()})[:1]
    return output[0].tolist()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--exporter", default="torchscript", choices=["torchscript", "dynamo"])
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for name in given.names or MODELS:
        file = given.folder / f"{name}.{given.exporter}.onnx"
        if file.exists():
            continue
        start = time.time()
        try:
            network, size = made(name)
            inputs = picture(size)
            with torch.no_grad():
                output = network(inputs)
            export(network, inputs, str(file), given.exporter)
            result = {"size": size, "torch": output[0].tolist(), "onnxruntime": computed(str(file), inputs)}
            (given.folder / f"{name}.{given.exporter}.json").write_text(json.dumps(result))
            print(name, file.stat().st_size, f"{time.time() - start:.1f} s", flush=True)
        except Exception as error:
            file.unlink(missing_ok=True)
            last = traceback.extract_tb(sys.exc_info()[2])[-1]
            print(name, "FAILED", f"{type(error).__name__}: {str(error)[:300]} ({last.filename}:{last.lineno})", flush=True)


main()
