"""Writes networks as files that Supersign opens, with what PyTorch or onnxruntime computes of one picture.

    python export.py FOLDER GROUP/NAME/EXPORTER ...

Beside every file a JSON of its name: opset, size of the picture, and every output; or why there is no file. Exporters:
torchscript (opset 17), dynamo (opset 18), dynamo23 (opset 23, whose attention is one operation), keras (Keras' own file) and
keras-onnx. Each of PyTorch's with "-batch" behind it writes the network for eight pictures at once, of which the first is the
picture of the others. Needs torch, torchvision, timm, onnx, onnxruntime, onnxscript, ultralytics; keras with KERAS_BACKEND=torch.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import torch

warnings.filterwarnings("ignore")
torch.set_num_threads(1)

OPSETS = {"torchscript": 17, "dynamo": 18, "dynamo23": 23}


def computed(file, inputs):
    """Name, shape and numbers of every output, by onnxruntime."""
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    settings.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(file), settings, providers=["CPUExecutionProvider"])
    [given] = session.get_inputs()
    outputs = session.run(None, {given.name: inputs})
    return [output_row(one.name, value) for one, value in zip(session.get_outputs(), outputs)]


def output_row(name, value):
    return {"name": name, "shape": list(value.shape), "values": value.astype("float32").reshape(-1).tolist()}


def from_torch(folder, group, name, exporter):
    from models import made, picture

    network, size = made(group, name)
    inputs = picture(size)
    file = folder / f"{group}.{name}.{exporter}.onnx"
    exporter, *batched = exporter.split("-")
    if batched:
        inputs = torch.cat([inputs, *(inputs.roll(shift, 3) for shift in range(1, 8))])
    opset = OPSETS[exporter]
    if exporter == "torchscript":
        torch.onnx.export(network, (inputs,), str(file), opset_version=opset, dynamo=False, input_names=["input"])
    else:
        torch.onnx.export(network, (inputs,), str(file), opset_version=opset, dynamo=True, external_data=False, verbose=False, input_names=["input"])
    outputs = computed(file, inputs.numpy())
    for output in outputs if batched else []:
        output["shape"][0] //= len(inputs)
        output["values"] = output["values"][: len(output["values"]) // len(inputs)]
    inputs = inputs[:1]
    # An exporter may leave its own tensors behind in a network: compared is one of the same weights.
    return {"opset": opset, "size": size, "outputs": outputs, "own": own_error(made(group, name)[0], inputs, outputs[0]["values"])}


def own_error(network, inputs, found):
    """How far what onnxruntime computes in float32 is from PyTorch in float64: random networks may be ill-conditioned."""
    with torch.no_grad():
        exact = network.double()(inputs.double())
    first = exact if torch.is_tensor(exact) else exact[0]
    difference = (first.flatten() - torch.tensor(found).double()).abs().max() / first.abs().max()
    return difference.item()


def from_keras(folder, name, exporter):
    from networks.keras_networks import keras_exact, keras_made, keras_picture

    network, size = keras_made(name)
    inputs, scale = keras_picture(name, size)
    stem = folder / f"keras.{name}.{exporter}"
    if exporter == "keras":
        network.save(f"{stem}.keras")
        found = network.predict(inputs, verbose=0)
        exact = keras_exact(name, network).predict(inputs.astype("float64"), verbose=0)
        own = float(abs(exact - found).max() / abs(exact).max())
        return {"opset": None, "size": size, "scale": scale, "own": own, "outputs": [output_row("output", found)]}
    network(inputs)
    network(inputs)  # Keras exports what has been called.
    network.export(f"{stem}.onnx", format="onnx", verbose=False)
    return {"opset": None, "size": size, "scale": scale, "outputs": computed(f"{stem}.onnx", inputs)}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for item in sys.argv[2:]:
        group, name, exporter = item.split("/")
        stem = f"{group}.{name}.{exporter}"
        start = time.time()
        try:
            result = from_keras(folder, name, exporter) if group == "keras" else from_torch(folder, group, name, exporter)
        except Exception as error:
            for file in folder.glob(f"{stem}.*"):
                file.unlink()
            said = " ".join(str(error).split())
            result = {"opset": OPSETS.get(exporter.split("-")[0]), "failed": f"{type(error).__name__}: {said[:300]}"}
        (folder / f"{stem}.json").write_text(json.dumps(result))
        print(stem, result.get("failed", "written"), f"{time.time() - start:.1f} s", flush=True)


main()
