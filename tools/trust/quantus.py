"""What Quantus measures on small maps and on the tiny network of decision.json: the fixtures of the trust measures.

Needs quantus, torch, scikit-image and scipy, in an environment of their own:
    python tools/trust/quantus.py

Writes src/semiotics/trust/fixtures/quantus.json (maps alone) and src/faithfulness/fixtures/quantus.json (with the network).
"""

import json
import pathlib
import sys
import warnings

# This file has the package's name, and its folder comes first.
sys.path.pop(0)

import numpy as np
import quantus
import torch
import torch.nn.functional as F
from quantus.functions.perturb_func import noisy_linear_imputation
from skimage.metrics import structural_similarity

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)
ROOT = pathlib.Path(__file__).resolve().parents[2]
rng = np.random.default_rng(19)


def plain(value):
    if isinstance(value, (np.ndarray, torch.Tensor)):
        return [plain(v) for v in value.tolist()]
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (np.floating, float)):
        return None if np.isnan(value) else round(float(value), 9)
    return value.item() if isinstance(value, np.generic) else value


def write(path, content):
    (ROOT / path).write_text(json.dumps(plain(content), separators=(",", ":")) + "\n")


# --- Maps and masks alone -------------------------------------------------------------------------------------------

WIDTH, HEIGHT = 11, 9
quiet = dict(abs=False, normalise=False, disable_warnings=True, display_progressbar=False)


def one(metric, a, s=None, **call):
    """The score of one map, in a batch of one picture."""
    x = np.zeros((1, 1, *a.shape))
    scores = metric(
        model=None, x_batch=x, y_batch=np.array([0]), a_batch=a[None, None].copy(),
        s_batch=None if s is None else s[None, None].copy(), device="cpu", **call,
    )
    return float(np.asarray(scores, dtype=float).ravel()[0])


def blob(cx, cy, r):
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r))


maps = {
    "noise": np.round(rng.uniform(0.01, 1, (HEIGHT, WIDTH)), 4),
    "blob": np.round(blob(3.3, 5.1, 1.7), 4),
    "rectified": np.round(np.maximum(0, rng.normal(-0.2, 1, (HEIGHT, WIDTH))), 4),
    "two": np.round(blob(2, 2, 1.2) + 0.8 * blob(8, 6, 1.5), 4),
}
mask = np.zeros((HEIGHT, WIDTH), dtype=int)
mask[3:8, 1:6] = 1
single = np.zeros((HEIGHT, WIDTH), dtype=int)
single[5, 3] = 1
masks = {"box": mask, "pixel": single}

of_maps = {}
for name, a in maps.items():
    a = a.astype(np.float64)
    measured = {
        "sparseness": one(quantus.Sparseness(**quiet), a),
        "complexity": one(quantus.Complexity(**quiet), a),
        "effective": one(quantus.EffectiveComplexity(**{**quiet, "eps": 1e-5}), a / a.max()),
        "histogramEntropy": float(quantus.functions.complexity_func.discrete_entropy(a=a.ravel(), x=None)),
        "localised": {},
    }
    for where, s in masks.items():
        k = 7
        measured["localised"][where] = {
            "pointing": one(quantus.PointingGame(**quiet), a, s),
            "mass": one(quantus.RelevanceMassAccuracy(**quiet), a, s),
            "rank": one(quantus.RelevanceRankAccuracy(**quiet), a, s),
            # Quantus weights by mask / picture, Kohlbrenner et al. by picture / mask: unweighted here.
            "attribution": one(quantus.AttributionLocalisation(weighted=False, **quiet), a, s),
            "topK": one(quantus.TopKIntersection(k=k, **quiet), a, s),
            "auc": one(quantus.AUC(**quiet), a, s),
        }
    of_maps[name] = measured

similar = [
    {"a": a, "b": b, "ssim": float(structural_similarity(
        maps[a], maps[b], data_range=max(maps[a].max(), maps[b].max()) - min(maps[a].min(), maps[b].min())))}
    for a, b in [("noise", "blob"), ("blob", "two"), ("rectified", "noise"), ("two", "two")]
]

# Noisy linear imputation without its noise: pictures filled in by a sparse solver.
imputed = []
for height, width, share, kind in [(9, 11, 0.5, "random"), (12, 10, 0.9, "random"), (16, 17, 0.6, "disc"), (22, 20, 0.8, "border")]:
    picture = np.round(rng.normal(0, 1, (2, height, width)).cumsum(1).cumsum(2) / 5, 3)
    y, x = np.mgrid[:height, :width]
    value = {
        "random": rng.uniform(size=(height, width)),
        "disc": (x - width / 2.2) ** 2 + (y - height / 1.8) ** 2 + 0.001 * x,
        "border": -np.minimum(x, width - 1 - x) - np.minimum(y, height - 1 - y) + 0.001 * x - 50.0,
    }[kind]
    indices = np.sort(np.argsort(value.ravel(), kind="stable")[: int(share * height * width)])
    filled = noisy_linear_imputation(arr=picture, indices=indices, noise=0.0)
    imputed.append({
        "width": width, "height": height, "removed": indices,
        "picture": np.round(picture.transpose(1, 2, 0), 3).ravel(), "filled": np.round(filled.transpose(1, 2, 0), 8).ravel(),
    })

write("src/semiotics/trust/fixtures/quantus.json", {
    "width": WIDTH, "height": HEIGHT, "k": 7,
    "maps": {name: a.ravel() for name, a in maps.items()}, "masks": {name: s.ravel() for name, s in masks.items()},
    "expected": of_maps, "similar": similar, "imputed": imputed,
})

# --- With a network -------------------------------------------------------------------------------------------------

known = json.loads((ROOT / "src/faithfulness/fixtures/decision.json").read_text())
H, W, TARGET = known["picture"]["height"], known["picture"]["width"], known["target"]


def tensor(values, *shape):
    return torch.tensor(values).reshape(*shape)


class Tiny(torch.nn.Module):
    """The network of decision.py, with what its first convolution yields at hand."""

    def __init__(self):
        super().__init__()
        (k1, b1), (k2, b2), (kd, bd) = (known["weights"][n] for n in ("first", "second", "logits"))
        self.k1 = torch.nn.Parameter(tensor(k1, 3, 3, 3, 4).permute(3, 2, 0, 1).contiguous())
        self.k2 = torch.nn.Parameter(tensor(k2, 3, 3, 4, 5).permute(3, 2, 0, 1).contiguous())
        self.b1, self.b2 = torch.nn.Parameter(tensor(b1, 4)), torch.nn.Parameter(tensor(b2, 5))
        self.kd, self.bd = torch.nn.Parameter(tensor(kd, 5, 3)), torch.nn.Parameter(tensor(bd, 3))

    def forward(self, x):
        x = x.to(torch.float64)
        self.first = F.relu(F.conv2d(x, self.k1, self.b1, padding=1))
        second = F.relu(F.conv2d(F.max_pool2d(self.first, 2), self.k2, self.b2))
        return second.mean(dim=(2, 3)) @ self.kd + self.bd


model = Tiny().eval()
x = tensor(known["picture"]["values"], H, W, 3).permute(2, 0, 1)[None].numpy()
y = np.array([TARGET])
# Without equal values, so that every order is one.
saliency = np.round(np.array(known["saliency"]).reshape(H, W), 6) + np.arange(H * W).reshape(H, W) * 1e-6
a = saliency[None, None]
assert np.allclose(model(torch.tensor(x))[0].detach().numpy(), known["logits"], atol=1e-9)


def grad_cam(model, inputs, targets, **_):
    """Grad-CAM of the first convolution, which has the picture's size."""
    inputs = torch.as_tensor(np.asarray(inputs, dtype=np.float64))
    logits = model(inputs)
    score = logits[torch.arange(len(inputs)), torch.as_tensor(np.asarray(targets))].sum()
    gradient = torch.autograd.grad(score, model.first)[0]
    cam = F.relu((gradient.mean(dim=(2, 3), keepdim=True) * model.first).sum(1, keepdim=True))
    return cam.detach().numpy()


# Pixel flipping: Quantus orders the values of all channels; in one channel an order of pixels remains.
class OneChannel(torch.nn.Module):
    """The same network behind a picture of one channel, which stands for all three."""

    def forward(self, x):
        return model(torch.as_tensor(x).to(torch.float64).repeat(1, 3, 1, 1))


grey = x.mean(1, keepdims=True)
grey_model = OneChannel().eval()
grey_run = dict(model=grey_model, x_batch=grey, y_batch=y, a_batch=a, device="cpu")
flipped = quantus.PixelFlipping(
    features_in_step=20, perturb_baseline=0.0, **quiet)(**grey_run, softmax=False)
flipped = np.asarray(flipped).ravel()

regions = quantus.RegionPerturbation(
    patch_size=2, regions_evaluation=12, order="morf", perturb_baseline=0.0, **quiet)(**grey_run, softmax=False)
regions = np.asarray(regions).ravel()

# Faithfulness correlation on subsets that are written down.
drawn = []
choice = np.random.choice


def noted(*args, **kwargs):
    found = choice(*args, **kwargs)
    drawn.append(np.sort(found))
    return found


np.random.seed(3)
np.random.choice = noted
correlation = quantus.FaithfulnessCorrelation(
    nr_runs=20, subset_size=30, perturb_baseline=0.0, **quiet)(**grey_run, softmax=False)
np.random.choice = choice
subsets = drawn[-20:]

# Max- and average-sensitivity on noise that is written down.
noise = np.round(rng.uniform(-0.2, 0.2, (5, *x.shape)), 4)
steps = iter([])


def given_noise(arr, indices, **kwargs):
    return arr + next(steps).reshape(arr.shape)


sensitivity = {}
for key, metric in [("max", quantus.MaxSensitivity), ("average", quantus.AvgSensitivity)]:
    steps = iter(noise)
    scores = metric(nr_samples=5, perturb_func=given_noise, perturb_func_kwargs={}, **quiet)(
        model=model, x_batch=x, y_batch=y, a_batch=None, explain_func=grad_cam, device="cpu")
    sensitivity[key] = float(np.asarray(scores).ravel()[0])

# ROAD without noise: whether the class is kept, and by our own hands the probabilities behind that.
percentages = [10, 30, 50, 70, 90]


def imputing(arr, indices, **kwargs):
    return noisy_linear_imputation(arr=arr, indices=np.sort(indices), noise=0.0)


winner = int(np.argmax(grey_model(torch.tensor(grey))[0].detach().numpy()))
kept = quantus.ROAD(percentages=percentages, perturb_func=imputing, perturb_func_kwargs={}, **quiet)(
    **{**grey_run, "y_batch": np.array([winner])}, softmax=True)
order = np.argsort(-saliency.ravel())


def probabilities(of, pixels):
    filled = imputing(grey[0], pixels)
    return float(torch.softmax(grey_model(torch.tensor(filled[None]))[0], 0)[of].detach())


counts = [int(H * W * p / 100) for p in percentages]
road = {
    "percentages": percentages, "winner": winner,
    "kept": [float(kept[p]) for p in percentages],
    "mostFirst": [probabilities(winner, order[:n]) for n in counts],
    "leastFirst": [probabilities(winner, order[-n:]) for n in counts],
}
road["score"] = (np.mean(road["leastFirst"]) - np.mean(road["mostFirst"])) / 2

# Not here: sensitivity-n, which Quantus correlates across the pictures of a batch instead of across subsets of one, and
# infidelity, whose squares it takes away one on top of the other. Those are held against closed forms.
write("src/faithfulness/fixtures/quantus.json", {
    "saliency": saliency.ravel(), "grey": grey[0, 0].ravel(),
    "flipping": {"step": 20, "curve": flipped},
    "regions": {"side": 2, "squares": 12, "losses": regions},
    "correlation": {"subsets": subsets, "value": float(np.asarray(correlation).ravel()[0])},
    "sensitivity": {"noise": noise.transpose(0, 1, 3, 4, 2).reshape(5, -1), **sensitivity},
    "road": road,
})
