"""The classifiers of torchvision at reduced width and depth, one a family: how each is made, and the size of its pictures."""

from functools import partial

from torch import nn
from torchvision import models
from torchvision.models import convnext, densenet, regnet, resnet, swin_transformer, vgg

CLASSES = 10


def widths(make, size=64, **kwargs):
    return lambda: make(num_classes=CLASSES, **kwargs), size


def narrowed(make):
    """AlexNet and VGG with 64 units instead of 4,096 in the layers before the classes."""

    def made():
        network = make()
        first = next(layer for layer in network.classifier if isinstance(layer, nn.Linear))
        network.classifier = nn.Sequential(nn.Linear(first.in_features, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, CLASSES))
        return network

    # Their last pooling is written only where the map is as large as what it yields.
    return made, 224


def vgg_like(norm):
    return narrowed(lambda: models.VGG(vgg.make_layers([8, "M", 16, "M", 32, "M", 64, "M", 512, "M"], batch_norm=norm)))


def reg_like(ratio):
    params = regnet.BlockParams.from_init_params(depth=4, w_0=16, w_a=8, w_m=2.0, group_width=8, se_ratio=ratio)
    return widths(models.RegNet, block_params=params)


stages = [convnext.CNBlockConfig(16, 24, 1), convnext.CNBlockConfig(24, 32, 1), convnext.CNBlockConfig(32, None, 2)]
swin = {"patch_size": [4, 4], "embed_dim": 24, "depths": [2, 2], "num_heads": [2, 3], "window_size": [4, 4]}

NETWORKS = {
    "alexnet": narrowed(models.AlexNet),
    "convnext": widths(models.ConvNeXt, block_setting=stages),
    "densenet": widths(densenet.DenseNet, growth_rate=8, block_config=(2, 2, 2, 2), num_init_features=16),
    "efficientnet": widths(models.efficientnet_b0),
    "efficientnet_v2": widths(models.efficientnet_v2_s),
    "googlenet": widths(models.GoogLeNet, aux_logits=False, init_weights=False),
    "inception_v3": widths(models.Inception3, 96, aux_logits=False, init_weights=False),
    "maxvit": widths(models.MaxVit, input_size=(64, 64), stem_channels=16, partition_size=2, block_channels=[16, 32], block_layers=[1, 1], head_dim=16, stochastic_depth_prob=0.0),
    "mnasnet": widths(models.mnasnet0_5),
    "mobilenet_v2": widths(models.mobilenet_v2, width_mult=0.5),
    "mobilenet_v3_large": widths(models.mobilenet_v3_large, width_mult=0.5),
    "mobilenet_v3_small": widths(models.mobilenet_v3_small, width_mult=0.5),
    "regnet_x": reg_like(None),
    "regnet_y": reg_like(0.25),
    "resnet": widths(models.resnet18),
    "resnext": widths(models.ResNet, block=resnet.Bottleneck, layers=[1, 1, 1, 1], groups=8, width_per_group=4),
    "shufflenet_v2": widths(models.shufflenet_v2_x0_5),
    "squeezenet": widths(models.squeezenet1_1),
    "swin": widths(models.SwinTransformer, **swin),
    "swin_v2": widths(models.SwinTransformer, **swin, block=swin_transformer.SwinTransformerBlockV2, downsample_layer=swin_transformer.PatchMergingV2),
    "vgg": vgg_like(False),
    "vgg_bn": vgg_like(True),
    "vit": widths(models.VisionTransformer, image_size=64, patch_size=16, num_layers=3, num_heads=3, hidden_dim=48, mlp_dim=96, norm_layer=partial(nn.LayerNorm, eps=1e-6)),
    "wide_resnet": widths(models.ResNet, block=resnet.Bottleneck, layers=[1, 1, 1, 1], width_per_group=128),
}
