"""Networks that tell what is where: those of torchvision, and a U-Net."""

import torch
from torch import nn
from torchvision.models import segmentation

CLASSES = 5


class Only(nn.Module):
    """The map of classes alone, of all that a network of torchvision yields."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        return self.network(x)["out"]


def torchvision_one(make):
    return lambda: Only(make(weights=None, weights_backbone=None, num_classes=CLASSES, aux_loss=None)), 64


class UNet(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        step = lambda a, b: nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU())
        self.one, self.two, self.three = step(3, width), step(width, 2 * width), step(2 * width, 4 * width)
        self.up_two, self.up_one = nn.ConvTranspose2d(4 * width, 2 * width, 2, 2), nn.ConvTranspose2d(2 * width, width, 2, 2)
        self.back_two, self.back_one = step(4 * width, 2 * width), step(2 * width, width)
        self.classes = nn.Conv2d(width, CLASSES, 1)

    def forward(self, x):
        one = self.one(x)
        two = self.two(nn.functional.max_pool2d(one, 2))
        three = self.three(nn.functional.max_pool2d(two, 2))
        two = self.back_two(torch.cat([self.up_two(three), two], 1))
        return self.classes(self.back_one(torch.cat([self.up_one(two), one], 1)))


NETWORKS = {
    "fcn": torchvision_one(segmentation.fcn_resnet50),
    "deeplab_resnet": torchvision_one(segmentation.deeplabv3_resnet50),
    "deeplab_mobilenet": torchvision_one(segmentation.deeplabv3_mobilenet_v3_large),
    "lraspp": (lambda: Only(segmentation.lraspp_mobilenet_v3_large(weights=None, weights_backbone=None, num_classes=CLASSES)), 64),
    "unet": (UNet, 64),
}
