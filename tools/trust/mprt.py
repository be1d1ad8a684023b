"""Model parameter randomisation by Quantus, of the tiny network of decision.json: src/faithfulness/fixtures/mprt.json.

Needs quantus and torch, in an environment of their own:
    python tools/trust/mprt.py
"""

import json
import pathlib
import sys
import warnings

# quantus.py beside this file has the package's name, and its folder comes first.
sys.path.pop(0)

import numpy as np
import quantus
import torch
import torch.nn.functional as F

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)
ROOT = pathlib.Path(__file__).resolve().parents[2]
known = json.loads((ROOT / "src/faithfulness/fixtures/decision.json").read_text())
H, W = known["picture"]["height"], known["picture"]["width"]
# A class whose Grad-CAM is nowhere cut off to nothing.
TARGET = 2
rng = np.random.default_rng(5)
NAMES = ("first", "second", "logits")

# Every weight shuffled within itself: what "randomised" means, drawn once for all orders.
shuffled = {name: [rng.permutation(np.array(values)).tolist() for values in known["weights"][name]] for name in NAMES}


def layer(name, base, shape, to_torch, **options):
    """A layer that Quantus randomises by `reset_parameters`."""

    class Layer(base):
        def reset_parameters(self):
            # PyTorch calls it when the layer is made, too.
            if hasattr(self, "ready"):
                self.take(shuffled[name])

        def take(self, weights):
            kernel, bias = weights
            with torch.no_grad():
                self.weight.copy_(to_torch(torch.tensor(kernel).reshape(*shape)))
                self.bias.copy_(torch.tensor(bias))

    made = Layer(shape[-2], shape[-1], **options)
    made.take(known["weights"][name])
    made.ready = True
    return made


as_filter = lambda kernel: kernel.permute(3, 2, 0, 1)


class Tiny(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = layer("first", torch.nn.Conv2d, (3, 3, 3, 4), as_filter, kernel_size=3, padding=1)
        self.second = layer("second", torch.nn.Conv2d, (3, 3, 4, 5), as_filter, kernel_size=3)
        self.logits = layer("logits", torch.nn.Linear, (5, 3), lambda kernel: kernel.T)

    def forward(self, x):
        self.maps = {"first": F.relu(self.first(x.to(torch.float64)))}
        self.maps["second"] = F.relu(self.second(F.max_pool2d(self.maps["first"], 2)))
        return self.logits(self.maps["second"].mean(dim=(2, 3)))


def grad_cam(at):
    """Grad-CAM of one of the convolutions."""

    def explain(model, inputs, targets, **_):
        inputs = torch.as_tensor(np.asarray(inputs, dtype=np.float64))
        logits = model(inputs)
        score = logits[torch.arange(len(inputs)), torch.as_tensor(np.asarray(targets))].sum()
        gradient = torch.autograd.grad(score, model.maps[at])[0]
        weights = gradient.mean(dim=(2, 3), keepdim=True)
        cam = F.relu((weights * model.maps[at]).sum(1, keepdim=True)).detach().numpy()
        # Quantus copies the network, and PyTorch copies no tensor with a history.
        del model.maps
        # It also wants sides of the map that the picture has. Every value three times over leaves ranks what they are.
        return cam if at == "first" else cam.transpose(0, 1, 3, 2).repeat(3, axis=3)

    return explain


x = torch.tensor(known["picture"]["values"]).reshape(H, W, 3).permute(2, 0, 1)[None].numpy()
assert np.allclose(Tiny()(torch.tensor(x))[0].detach().numpy(), known["logits"], atol=1e-9)

orders = {"cascading": "top_down", "independent": "independent", "from-the-bottom": "bottom_up"}
expected = {}
for order, name in orders.items():
    expected[order] = {}
    for at in ("first", "second"):
        metric = quantus.MPRT(
            layer_order=name, similarity_func=quantus.similarity_func.correlation_spearman,
            abs=False, normalise=False, disable_warnings=True, display_progressbar=False,
        )
        model = Tiny().eval()
        explain = grad_cam(at)
        scores = metric(
            model=model, x_batch=x, y_batch=np.array([TARGET]), a_batch=explain(model, x, [TARGET]),
            explain_func=explain, device="cpu",
        )
        expected[order][at] = {layer: found[0] for layer, found in scores.items()}

plain = lambda value: None if isinstance(value, float) and np.isnan(value) else round(value, 9)
result = {
    "target": TARGET,
    "shuffled": shuffled,
    "expected": {
        order: {at: {layer: plain(value) for layer, value in by.items() if layer != "original"} for at, by in of.items()}
        for order, of in expected.items()
    },
}
(ROOT / "src/faithfulness/fixtures/mprt.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
print(json.dumps(result["expected"], indent=1))
