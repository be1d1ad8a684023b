"""Peer of the trust rows: ROAD's imputation and the whole measure, as pytorch-grad-cam and Quantus have them."""

import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from json_lines import milliseconds, serve
from keras_network import KerasNetwork
from pytorch_grad_cam.metrics.road import NoisyLinearImputer, ROADCombined
from pytorch_grad_cam.utils.model_targets import ClassifierOutputSoftmaxTarget
from quantus.functions.perturb_func import noisy_linear_imputation

warnings.filterwarnings("ignore")
torch.set_num_threads(2)

state = {}


def open_network(folder, map, picture, side, percentages):
    network = KerasNetwork(folder).requires_grad_(False)
    height, width, channels = network.input_shape
    seen = np.fromfile(Path(folder) / "input.bin", dtype="<f4").reshape(1, height, width, channels)
    channels_first = np.fromfile(picture, dtype="<f4").reshape(side, side, 3).transpose(2, 0, 1)
    state.update(
        network=network,
        input=torch.from_numpy(seen).permute(0, 3, 1, 2).contiguous(),
        picture=np.ascontiguousarray(channels_first),
        map=np.fromfile(map, dtype="<f4").reshape(side, side),
        percentages=percentages,
    )
    with torch.inference_mode():
        state["class"] = int(network(state["input"]).argmax())
    names = ("torch", "grad-cam", "quantus", "scipy", "numpy")
    return {"versions": {name: version(name) for name in names}}


def taken_away():
    """Places of the pixels that go, in the map's order, from either end at every percentage."""
    order = np.argsort(-state["map"].ravel(), kind="stable")
    counts = [int(order.size * percentage / 100) for percentage in state["percentages"]]
    return [places for count in counts for places in (order[:count], order[order.size - count :])]


def impute_grad_cam():
    imputer, picture = NoisyLinearImputer(), torch.from_numpy(state["picture"])
    masks = []
    for places in taken_away():
        mask = torch.ones(state["map"].size)
        mask[places] = 0
        masks.append(mask.reshape(state["map"].shape))
    ms, _ = milliseconds(lambda: [imputer(picture, mask) for mask in masks])
    return {"ms": ms}


def impute_quantus():
    places = taken_away()
    ms, _ = milliseconds(lambda: [noisy_linear_imputation(state["picture"], each) for each in places])
    return {"ms": ms}


def filled():
    """The picture of the last imputation, without noise, [h, w, c]."""
    values = noisy_linear_imputation(state["picture"].astype(np.float64), taken_away()[-1], noise=0)
    return {"filled": values.transpose(1, 2, 0).ravel().tolist()}


def road_grad_cam():
    measure = ROADCombined(percentiles=state["percentages"])
    targets = [ClassifierOutputSoftmaxTarget(state["class"])]
    with torch.inference_mode():
        ms, score = milliseconds(
            lambda: measure(state["input"], state["map"][None], targets, state["network"])
        )
    return {"ms": ms, "score": float(np.ravel(score)[0])}


def road_quantus():
    """Quantus' imputation and the network's answer to each: its ROAD takes places for channels where a picture has three."""
    places = taken_away()

    def answers():
        for each in places:
            filled_in = noisy_linear_imputation(state["input"][0].numpy(), each)
            state["network"](torch.from_numpy(filled_in[None]).float())

    with torch.inference_mode():
        ms, _ = milliseconds(answers)
    return {"ms": ms}


serve(
    {
        "open": open_network,
        "impute-grad-cam": impute_grad_cam,
        "impute-quantus": impute_quantus,
        "filled": filled,
        "road-grad-cam": road_grad_cam,
        "road-quantus": road_quantus,
    }
)
