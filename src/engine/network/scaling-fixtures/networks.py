"""Small networks that scale pictures themselves, each in another way, with what Keras and onnxruntime compute of one picture.

    pip install keras==3.15.1 torch onnx onnxscript onnxruntime h5py
    python networks.py [FOLDER]

Writes the networks and references.json beside this script: for each the rows and columns of the picture, the scaling that it was
made for, whether its file settles that, and the logits of the picture scaled so. The picture has the bytes (7919 i) mod 256, row by
row, red, green, blue; grey ones have one a pixel. With FOLDER, the files of that folder that are named below are computed too.
"""

import json
import os
import sys
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
warnings.filterwarnings("ignore")
import keras
import numpy as np
import onnx
import onnxruntime
import torch
from keras import layers as L
from onnx import TensorProto, helper, numpy_helper
from torch import nn

HERE = Path(__file__).parent
SIZE = 16
references = {}


def picture(height, width, channels=3):
    """Bytes, [1, h, w, c]."""
    return (np.arange(height * width * channels) * 7919 % 256).reshape(1, height, width, channels)


def scaled(values, scaling):
    values = values.astype("float32")
    return {"bytes": values, "unit": values / 255, "signed": values / 127.5 - 1}.get(scaling, values)


def note(file, logits, size=(SIZE, SIZE), scaling="bytes", settled=True, bgr=False):
    numbers = [float(value) for value in np.asarray(logits).ravel()]
    references[file] = {"size": list(size), "scaling": scaling, "settled": settled, "bgr": bgr, "logits": numbers}


# Keras

def trunk(x):
    x = L.Conv2D(4, 3, padding="same", activation="relu", name="first")(x)
    x = L.MaxPooling2D()(x)
    x = L.Conv2D(6, 3, activation="relu", name="second")(x)
    return L.GlobalAveragePooling2D()(x)


def base():
    i = keras.Input((SIZE, SIZE, 3))
    x = L.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(i)
    x = L.BatchNormalization()(x)
    x = L.ReLU(6.0)(x)
    return keras.Model(i, L.Conv2D(6, 3, activation="relu")(x), name="base")


def keras_network(file, front, shape=(SIZE, SIZE, 3), size=(SIZE, SIZE), head=trunk, dtype=None, **told):
    i = keras.Input(shape, dtype=dtype)
    logits = L.Dense(3, name="logits")(head(front(i)))
    keras.Model(i, L.Softmax(name="probabilities")(logits)).save(HERE / file)
    values = picture(*size, shape[2])
    given = values.astype("uint8") if dtype else scaled(values, told.get("scaling"))
    note(file, keras.Model(i, logits).predict(given, verbose=0), size, **told)


def normalisation_first(i, mean, variance):
    layer = L.BatchNormalization(name="normalise")
    x = layer(i)
    layer.set_weights([np.float32([0.9, 1.1, 1.2]), np.float32([0.1, -0.2, 0.3]), np.float32(mean), np.float32(variance)])
    return x


def nested_sigmoid(file):
    i = keras.Input((SIZE, SIZE, 3))
    x = keras.Sequential([L.RandomFlip("horizontal"), L.RandomRotation(0.1), L.RandomZoom(0.1)], name="augmentation")(i)
    x = base()(L.Rescaling(1 / 127.5, offset=-1)(x))
    logit = L.Dense(1, name="logit")(L.Dropout(0.2)(L.GlobalAveragePooling2D()(x)))
    keras.Model(i, L.Activation("sigmoid", name="probability")(logit)).save(HERE / file)
    note(file, keras.Model(i, logit).predict(picture(SIZE, SIZE).astype("float32"), verbose=0))


def all_of_keras():
    keras.utils.set_random_seed(5)
    keras_network("resizing.keras", lambda i: L.Rescaling(1 / 255.0)(L.Resizing(SIZE, SIZE)(i)), (None, None, 3), (20, 24))
    nested_sigmoid("nested-sigmoid.keras")
    keras_network("resnet-operations.keras", keras.applications.resnet50.preprocess_input)
    keras_network("mobilenet-operations.keras", keras.applications.mobilenet_v2.preprocess_input)
    keras_network("mobilenet-operations.h5", keras.applications.mobilenet_v2.preprocess_input)
    keras_network("normalization.keras", L.Normalization(mean=[110.0, 115.0, 120.0], variance=[3000.0, 3300.0, 3600.0]))
    keras_network("normalization-unit.h5", L.Normalization(mean=[0.49, 0.48, 0.45], variance=[0.061, 0.059, 0.068]), scaling="unit")
    keras_network("batch-normalisation.keras", lambda i: normalisation_first(i, [118, 112, 103], [3900, 3700, 4100]))
    keras_network("batch-normalisation-signed.keras", lambda i: normalisation_first(i, [-0.08, -0.1, -0.2], [0.25, 0.24, 0.26]), scaling="signed", settled=False)
    keras_network("integers.keras", L.Rescaling(1 / 255.0), dtype="uint8")
    keras_network("grey.keras", L.Rescaling(1 / 255.0), (SIZE, SIZE, 1))


# ONNX

class Trunk(nn.Module):
    def __init__(self, channels=3):
        super().__init__()
        self.first = nn.Conv2d(channels, 4, 3, padding=1)
        self.second = nn.Conv2d(4, 6, 3)
        self.classes = nn.Linear(6, 3)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.first(x)), 2)
        return self.classes(torch.relu(self.second(x)).mean((2, 3)))


class Behind(nn.Module):
    """A front of one's own, then the network."""

    def __init__(self, front, channels=3):
        super().__init__()
        self.front = front
        self.trunk = Trunk(channels)

    def forward(self, x):
        return self.trunk(self.front(x))


class Normalise(nn.Module):
    """torchvision.transforms.Normalize as a layer, as it is often put into exports."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1))

    def forward(self, x):
        return (x - self.mean) / self.std


class BlueFirst(nn.Module):
    def forward(self, x):
        mean = torch.tensor([103.939, 116.779, 123.68]).view(1, 3, 1, 1)
        return x[:, [2, 1, 0]] - mean


class TransformInput(nn.Module):
    """As torchvision's Inception and GoogLeNet turn ImageNet's scaling into -1 to 1."""

    def forward(self, x):
        parts = [torch.unsqueeze(x[:, c], 1) * (sd / 0.5) + (mean - 0.5) / 0.5 for c, (mean, sd) in enumerate(zip([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))]
        return torch.cat(parts, 1)


class Normalised(nn.Module):
    def __init__(self, mean, variance):
        super().__init__()
        self.bn = nn.BatchNorm2d(len(mean))
        self.bn.running_mean = torch.tensor(mean)
        self.bn.running_var = torch.tensor(variance)

    def forward(self, x):
        return self.bn(x)


def run(file, given):
    session = onnxruntime.InferenceSession(str(HERE / file), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: given})[0]


def torch_network(file, front, channels=3, notes=None, given=None, dynamo=False, **told):
    module = Behind(front, channels).eval()
    example = torch.zeros(1, channels, SIZE, SIZE)
    options = {"dynamo": True, "external_data": False} if dynamo else {"dynamo": False}
    torch.onnx.export(module, (example,), str(HERE / file), input_names=["picture"], **options)
    model = onnx.load(HERE / file)
    for node in model.graph.node:
        # The exporter notes where on its machine the code lies.
        del node.metadata_props[:]
    helper.set_model_props(model, notes or {})
    onnx.save(model, HERE / file)
    values = picture(SIZE, SIZE, channels)
    values = scaled(values, told.get("scaling")) if given is None else given(values.astype("float32"))
    note(file, run(file, values.transpose(0, 3, 1, 2).astype("float32").copy()), **told)


def plain(file, front, kind, is_last, **told):
    """A file without a framework: `front` of nodes from "picture" to "scaled", then two layers."""
    shape = [1, SIZE, SIZE, 3] if is_last else [1, 3, SIZE, SIZE]
    random = np.random.default_rng(9)
    weights = {
        "filter": random.normal(0, 0.3, (4, 3, 3, 3)).astype("float32"),
        "matrix": random.normal(0, 0.5, (4, 3)).astype("float32"),
        "mean": np.float32([123.675, 116.28, 103.53]),
        "deviation": np.float32([58.395, 57.12, 57.375]),
        "most": np.float32(255),
    }
    nodes = [
        *front,
        helper.make_node("Conv", ["scaled", "filter"], ["a"], strides=[2, 2]),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("GlobalAveragePool", ["b"], ["c"]),
        helper.make_node("Flatten", ["c"], ["d"]),
        helper.make_node("MatMul", ["d", "matrix"], ["logits"]),
    ]
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("picture", kind, shape)],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 3])],
        [numpy_helper.from_array(value, name) for name, value in weights.items() if name in used],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, HERE / file)
    values = picture(SIZE, SIZE).astype("uint8" if kind == TensorProto.UINT8 else "float32")
    note(file, run(file, values if is_last else values.transpose(0, 3, 1, 2).copy()), **told)


IMAGENET = {"mean": "[0.485, 0.456, 0.406]", "std": "[0.229, 0.224, 0.225]"}


def all_of_onnx():
    torch.manual_seed(5)
    imagenet = lambda x: (x / 255 - np.float32([0.485, 0.456, 0.406])) / np.float32([0.229, 0.224, 0.225])
    torch_network("normalise.onnx", Normalise(), scaling="unit")
    torch_network("normalise-dynamo.onnx", Normalise(), dynamo=True, scaling="unit")
    torch_network("blue-first.onnx", BlueFirst())
    torch_network("transform-input.onnx", TransformInput(), scaling="imagenet", given=imagenet)
    torch_network("batch-normalisation.onnx", Normalised([0.47, 0.45, 0.41], [0.06, 0.055, 0.058]), scaling="unit")
    torch_network("grey.onnx", nn.Identity(), 1, scaling="unit", settled=False)
    torch_network("notes.onnx", nn.Identity(), notes=IMAGENET, scaling="imagenet", given=imagenet)
    torch_network("guess.onnx", nn.Identity(), scaling="imagenet", given=imagenet, settled=False)
    cast = helper.make_node("Cast", ["picture"], ["float"], to=TensorProto.FLOAT)
    plain("integers.onnx", [cast, helper.make_node("Div", ["float", "most"], ["scaled"])], TensorProto.UINT8, False)
    turn = helper.make_node("Transpose", ["normalised"], ["scaled"], perm=[0, 3, 1, 2])
    centred = [helper.make_node("Sub", ["picture", "mean"], ["centred"]), helper.make_node("Div", ["centred", "deviation"], ["normalised"])]
    plain("channels-last.onnx", [*centred, turn], TensorProto.FLOAT, True)


# Files that are not kept here

def operations_in(file):
    """Keras writes operations into HDF5 files that it cannot read again: the network is built anew for its weights."""
    i = keras.Input((64, 64, 3))
    x = b = keras.Input((64, 64, 3))
    x = L.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(x)
    x = L.ReLU(6.0)(L.BatchNormalization()(x))
    x = L.Add()([x, L.Conv2D(8, 1)(L.DepthwiseConv2D(3, padding="same")(x))])
    nested = keras.Model(b, L.Conv2D(16, 3, strides=2, padding="same", activation="relu")(x), name="base")
    x = L.GlobalAveragePooling2D()(nested(keras.applications.mobilenet_v2.preprocess_input(i)))
    model = keras.Model(i, L.Dense(3, activation="softmax")(x))
    model.load_weights(file)
    return model


def all_in(folder):
    for name, size in [
        ("resizing_inside.keras", (48, 40)),
        ("nested_sigmoid.keras", (64, 64)),
        ("preprocess_caffe.keras", (64, 64)),
        ("preprocess_ops.h5", (64, 64)),
    ]:
        file = folder / name
        model = operations_in(file) if name.endswith(".h5") else keras.models.load_model(file, compile=False)
        p = model.predict(picture(*size).astype("float32"), verbose=0).astype("float64")
        logits = np.log(p / (1 - p)) if p.shape[1] == 1 else np.log(p)
        note(f"field/{name}", logits, size)
    session = onnxruntime.InferenceSession(str(folder / "uint8.onnx"), providers=["CPUExecutionProvider"])
    _, _, height, width = session.get_inputs()[0].shape
    values = picture(height, width).transpose(0, 3, 1, 2).astype("uint8").copy()
    note("field/uint8.onnx", session.run(None, {session.get_inputs()[0].name: values})[0], (height, width))


all_of_keras()
all_of_onnx()
if len(sys.argv) > 1:
    all_in(Path(sys.argv[1]))
(HERE / "references.json").write_text(json.dumps(references, indent=1) + "\n")
