"""
Networks that find things: Ultralytics' from their descriptions, SSD, RetinaNet and FCOS of torchvision without what their
exporters cannot write (anchors and suppression), and DETR in its authors' few lines.
"""

import torch
from torch import nn
from torchvision.models import detection, resnet18

CLASSES = 10


def ultralytics(name, size=64):
    def made():
        from ultralytics.nn.tasks import DetectionModel, RTDETRDetectionModel

        make = RTDETRDetectionModel if name.startswith("rtdetr") else DetectionModel
        network = make(f"{name}.yaml", nc=CLASSES, verbose=False)
        head = network.model[-1]
        head.export, head.format, head.dynamic = True, "onnx", False
        return Plain(network)

    return made, size


class Plain(nn.Module):
    """Boxes and scores, as Ultralytics' own export has them."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        found = self.network(x)
        return found[0] if isinstance(found, (tuple, list)) else found


class Heads(nn.Module):
    """The heads of a detector of torchvision on its backbone."""

    def __init__(self, detector, centred=False):
        super().__init__()
        self.backbone, self.head, self.centred = detector.backbone, detector.head, centred

    def forward(self, x):
        found = self.head(list(self.backbone(x).values()))
        return found["bbox_regression"], found["cls_logits"]


class Yolo5(nn.Module):
    """The head of YOLO v5, three anchors a place, behind a small backbone."""

    anchors = torch.tensor([[10.0, 13], [16, 30], [33, 23], [30, 61], [62, 45], [59, 119], [116, 90], [156, 198], [373, 326]]).view(3, 3, 2)

    def __init__(self, size=64):
        super().__init__()
        step = lambda a, b: nn.Sequential(nn.Conv2d(a, b, 3, 2, 1), nn.BatchNorm2d(b), nn.SiLU())
        self.stem = nn.Sequential(step(3, 8), step(8, 16), step(16, 24))
        self.down = nn.ModuleList([step(24, 32), step(32, 48)])
        self.heads = nn.ModuleList([nn.Conv2d(width, 3 * (5 + CLASSES), 1) for width in (24, 32, 48)])
        self.size = size

    def forward(self, x):
        x = self.stem(x)
        found = []
        for i, head in enumerate(self.heads):
            if i:
                x = self.down[i - 1](x)
            stride = 8 * 2**i
            side = self.size // stride
            y = head(x).view(1, 3, 5 + CLASSES, side, side).permute(0, 1, 3, 4, 2).sigmoid()
            rows, columns = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
            grid = torch.stack((columns, rows), 2).view(1, 1, side, side, 2) - 0.5
            at, extent, rest = y.split((2, 2, 1 + CLASSES), 4)
            at = (at * 2 + grid) * stride
            extent = (extent * 2) ** 2 * self.anchors[i].view(1, 3, 1, 1, 2)
            found.append(torch.cat((at, extent, rest), 4).view(1, 3 * side * side, 5 + CLASSES))
        return torch.cat(found, 1)


class Detr(nn.Module):
    """Carion et al. 2020, the demonstration of their paper: a backbone, a transformer, queries, two heads."""

    def __init__(self, width=48, heads=3):
        super().__init__()
        backbone = resnet18()
        self.backbone = nn.Sequential(*list(backbone.children())[:-2])
        self.conv = nn.Conv2d(512, width, 1)
        self.transformer = nn.Transformer(width, heads, 1, 1, 96, batch_first=True)
        self.classes, self.boxes = nn.Linear(width, CLASSES + 1), nn.Linear(width, 4)
        self.queries = nn.Parameter(torch.rand(12, width))
        self.rows, self.columns = nn.Parameter(torch.rand(8, width // 2)), nn.Parameter(torch.rand(8, width // 2))

    def forward(self, x):
        h = self.conv(self.backbone(x))
        height, width = h.shape[-2:]
        place = torch.cat([self.columns[:width].unsqueeze(0).repeat(height, 1, 1), self.rows[:height].unsqueeze(1).repeat(1, width, 1)], -1)
        read = self.transformer(place.flatten(0, 1).unsqueeze(0) + 0.1 * h.flatten(2).transpose(1, 2), self.queries.unsqueeze(0))
        return self.boxes(read).sigmoid(), self.classes(read)


NETWORKS = {
    "yolov5_head": (Yolo5, 64),
    "yolov8n": ultralytics("yolov8n"),
    "yolo11n": ultralytics("yolo11n"),
    "rtdetr": ultralytics("rtdetr-resnet50", 128),
    "ssdlite": (lambda: Heads(detection.ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None, num_classes=CLASSES + 1)), 320),
    "retinanet": (lambda: Heads(detection.retinanet_resnet50_fpn(weights=None, weights_backbone=None, num_classes=CLASSES)), 128),
    "fcos": (lambda: Heads(detection.fcos_resnet50_fpn(weights=None, weights_backbone=None, num_classes=CLASSES)), 128),
    "detr": (Detr, 128),
}
