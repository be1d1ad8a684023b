"""Any of the networks, with random weights in which nothing is zero or alike, and the picture that all read."""

import torch
from torch import nn

from networks import GROUPS


def made(group, name):
    """The network in evaluation mode, and the size of its pictures."""
    torch.manual_seed(7)
    make, size = GROUPS[group][name]
    network = make().eval()
    with torch.no_grad():
        for key, value in network.state_dict().items():
            if not value.is_floating_point():
                continue
            if key.endswith("running_var"):
                nn.init.uniform_(value, 0.6, 1.4)
            elif key.endswith("running_mean"):
                nn.init.normal_(value, 0, 0.2)
        for key, value in network.named_parameters():
            if value.ndim < 2 or min(value.shape) == max(value.shape[1:], default=0) == 1:
                around = 1 if value.numel() > 0 and value.mean() > 0.5 else 0.3 if "gamma" in key or "ls" in key else 0
                value.copy_(around + 0.2 * torch.randn_like(value))
            elif value.std() < 1e-3:
                value.copy_(0.3 * torch.randn_like(value))
            elif value.ndim == 2 and value.std() < 0.05:
                nn.init.xavier_normal_(value)
        if name in DEEP:
            remember(network, size)
    return network, size


#: So deep that with any statistics but those of what is read float32 itself is off by as much as the numbers are large.
DEEP = ("efficientnetv2",)


def remember(network, size):
    """Batch normalisations remember mean and variance of what they read of eight random pictures."""
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 1.0
        norm.train()
    network(torch.randn(8, 3, size, size))
    for norm, momentum in zip(norms, momenta):
        norm.momentum = momentum
        norm.eval()


def picture(size):
    """[1, 3, size, size]; the value at row-major NHWC place i is (i * 7919 mod 1000) / 500 - 1."""
    places = torch.arange(size * size * 3)
    return ((places * 7919 % 1000) / 500 - 1).reshape(1, size, size, 3).permute(0, 3, 1, 2).contiguous()
