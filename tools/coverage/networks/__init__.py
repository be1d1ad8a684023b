"""The networks that are tried, by group and name: each a function that makes it, and the size of its pictures."""

from . import detectors, segmenters, timm_convolutional, timm_transformers, torchvision_networks

GROUPS = {
    "torchvision": torchvision_networks.NETWORKS,
    "timm": {**timm_transformers.NETWORKS, **timm_convolutional.NETWORKS},
    "detectors": detectors.NETWORKS,
    "segmenters": segmenters.NETWORKS,
}
