"""The applications of Keras with random weights and ten classes, those of large files at half of their width or less."""

from contextlib import contextmanager
from unittest import mock

CLASSES = 10

#: Size of the pictures by name.
NETWORKS = {
    **{f"ConvNeXt{size}": 64 for size in ("Tiny", "Small", "Base", "Large", "XLarge")},
    **{f"DenseNet{depth}": 64 for depth in (121, 169, 201)},
    **{f"EfficientNetB{size}": 64 for size in range(8)},
    **{f"EfficientNetV2{size}": 64 for size in ("B0", "B1", "B2", "B3", "S", "M", "L")},
    "InceptionResNetV2": 96,
    "InceptionV3": 96,
    "MobileNet": 64,
    "MobileNetV2": 64,
    "MobileNetV3Large": 64,
    "MobileNetV3Small": 64,
    "NASNetLarge": 96,
    "NASNetMobile": 64,
    **{f"ResNet{depth}{version}": 64 for depth in (50, 101, 152) for version in ("", "V2")},
    "VGG16": 64,
    "VGG19": 64,
    "Xception": 96,
}


@contextmanager
def narrower():
    """Lets the functions that many applications are made by use fewer channels."""
    from keras.src.applications import convnext, efficientnet, efficientnet_v2, nasnet

    def patched(module, name, change):
        original = getattr(module, name)
        return mock.patch.object(module, name, lambda **given: original(**{**given, **change(given)}))

    with (
        patched(convnext, "ConvNeXt", lambda given: {"projection_dims": [size // 4 for size in given["projection_dims"]]}),
        mock.patch.object(efficientnet, "EfficientNet", positional(efficientnet.EfficientNet)),
        patched(efficientnet_v2, "EfficientNetV2", lambda _: {"width_coefficient": 0.5}),
        mock.patch.object(nasnet, "NASNet", fewer_filters(nasnet.NASNet)),
    ):
        yield


def positional(original):
    def made(width, *others, **given):
        return original(width / 4 if width > 1.3 else width, *others, **given)

    return made


def fewer_filters(original):
    def made(input_shape, penultimate_filters, num_blocks, stem_block_filters, **given):
        return original(input_shape, min(penultimate_filters, 1056), num_blocks, min(stem_block_filters, 32), **given)

    return made


#: So deep that with any statistics but those of what is read float32 itself is off by as much as the numbers are large.
DEEP = ("EfficientNetV2S", "EfficientNetV2M", "EfficientNetV2L")


def architecture(name):
    """The application with random weights, and the size of its pictures."""
    import keras
    from keras.src.applications import nasnet

    keras.utils.set_random_seed(7)
    size = NETWORKS[name]
    given = {"weights": None, "classes": CLASSES, "classifier_activation": None, "input_shape": (size, size, 3)}
    if name == "NASNetMobile":
        # Its own function refuses to work on PyTorch; what it calls, with the same numbers, does.
        return nasnet.NASNet(penultimate_filters=1056, num_blocks=4, stem_block_filters=32, skip_reduction=False, filter_multiplier=2, default_size=224, **given), size
    with narrower():
        return getattr(keras.applications, name)(**given), size


def normalisations(network):
    import keras

    return [layer for layer in network.layers if isinstance(layer, keras.layers.BatchNormalization)]


def keras_made(name):
    """The application, its normalisations with statistics in which nothing is zero or alike, and the size of its pictures."""
    import numpy

    network, size = architecture(name)
    random = numpy.random.default_rng(7)
    if name in DEEP:
        momenta = [layer.momentum for layer in normalisations(network)]
        for layer in normalisations(network):
            layer.momentum = 0.0
        network(random.uniform(0, 255, (8, size, size, 3)).astype("float32"), training=True)
        for layer, momentum in zip(normalisations(network), momenta):
            layer.momentum = momentum
        return network, size
    for layer in normalisations(network):
        layer.moving_mean.assign(random.normal(0, 0.2, layer.moving_mean.shape))
        layer.moving_variance.assign(random.uniform(0.6, 1.4, layer.moving_variance.shape))
    return network, size


#: Applications that scale what they read by themselves: they take values up to 255.
SCALING = ("EfficientNet", "ConvNeXt", "MobileNetV3")


def keras_picture(name, size):
    """
    [1, size, size, 3]; the value at row-major place i is (i * 7919 mod 1000) / 500 - 1, or, of networks that scale it by themselves, what becomes
    of that between 0 and 255. With the factor and what is added.
    """
    import numpy

    factor, added = (127.5, 127.5) if name.startswith(SCALING) else (1, 0)
    places = numpy.arange(size * size * 3)
    values = ((places * 7919 % 1000) / 500 - 1) * factor + added
    return values.reshape(1, size, size, 3).astype("float32"), [factor, added]


def keras_exact(name, network):
    """The same network with its weights in float64."""
    import keras

    keras.config.set_dtype_policy("float64")
    try:
        exact, _ = architecture(name)
    finally:
        keras.config.set_dtype_policy("float32")
    exact.set_weights(network.get_weights())
    return exact
