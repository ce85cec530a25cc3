"""Writes what Keras computes for convolutions, pools and batch normalization of images, and its summary of the
textbook's network for CIFAR-10, for the tests of `packages/layers`.

Run from the root of the repository.
"""

import json
import os

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
import tensorflow as tf
from keras import layers

random = np.random.default_rng(7)


def draw(*shape):
    # Few digits keep the fixture short and are exact in both languages.
    return np.round(random.normal(size=shape), 2).astype("float32")


def flat(x):
    return [round(float(v), 7) for v in np.asarray(x).ravel()]


def convolution(image, kernel_size, strides, padding, activation):
    x, channels = draw(*image), image[-1]
    layer = layers.Conv2D(3, kernel_size, strides, padding, activation=activation)
    layer.build(x.shape)
    kernel, bias = draw(*kernel_size, channels, 3), draw(3)
    layer.set_weights([kernel, bias])
    with tf.GradientTape() as tape:
        inputs = tf.Variable(x)
        y = layer(inputs)
        weighting = draw(*y.shape)
        loss = tf.reduce_sum(y * weighting)
    dx, dkernel, dbias = tape.gradient(loss, [inputs, layer.kernel, layer.bias])
    return {
        "kernelSize": kernel_size, "strides": strides, "padding": padding, "activation": activation,
        "inputShape": list(image), "x": flat(x), "kernel": flat(kernel), "bias": flat(bias),
        "weighting": flat(weighting), "outputShape": list(y.shape), "y": flat(y),
        "dx": flat(dx), "dkernel": flat(dkernel), "dbias": flat(dbias),
    }


def pool(image, pool_size, strides, padding):
    x = draw(*image)
    with tf.GradientTape() as tape:
        inputs = tf.Variable(x)
        y = layers.MaxPooling2D(pool_size, strides, padding)(inputs)
        weighting = draw(*y.shape)
        loss = tf.reduce_sum(y * weighting)
    return {
        "poolSize": pool_size, "strides": strides, "padding": padding, "inputShape": list(image), "x": flat(x),
        "weighting": flat(weighting), "outputShape": list(y.shape), "y": flat(y),
        "dx": flat(tape.gradient(loss, inputs)),
    }


def normalization(shape, center, scale):
    x, width = draw(*shape) + np.float32(3), shape[-1]
    layer = layers.BatchNormalization(momentum=0.9, epsilon=0.01, center=center, scale=scale)
    layer.build(x.shape)
    start = {}
    for name, wanted in (("gamma", scale), ("beta", center)):
        if wanted:
            start[name] = draw(width)
            getattr(layer, name).assign(start[name])
    weighting = draw(*shape)
    with tf.GradientTape() as tape:
        inputs = tf.Variable(x)
        y = layer(inputs, training=True)
        loss = tf.reduce_sum(y * weighting)
    trained = [layer.gamma] * scale + [layer.beta] * center
    dx, *slopes = tape.gradient(loss, [inputs, *trained])
    return {
        "inputShape": list(shape), "center": center, "scale": scale, "x": flat(x),
        "start": {name: flat(value) for name, value in start.items()}, "weighting": flat(weighting),
        "training": flat(y), "movingMean": flat(layer.moving_mean), "movingVariance": flat(layer.moving_variance),
        "inference": flat(layer(x, training=False)), "dx": flat(dx), "dtrained": [flat(slope) for slope in slopes],
    }


def cifar_summary():
    net = [layers.Input((32, 32, 3))]
    for block, filters in enumerate((32, 64, 128), 1):
        for i in (1, 2):
            net.append(layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"conv_{block}_{i}"))
        net.append(layers.MaxPooling2D(name=f"pool_{block}"))
    net += [layers.Flatten(name="flatten"), layers.Dense(256, activation="relu", name="dense_1")]
    model = keras.Sequential([*net, layers.Dense(10, name="output")], name="cnn")
    lines = []
    # As wide as the table is on a terminal of 80 columns.
    model.summary(line_length=76, print_fn=lines.append)
    return "\n".join(lines).rstrip("\n")


fixture = {
    "convolutions": [
        convolution((2, 4, 5, 2), (3, 3), (1, 1), "same", "relu"),
        convolution((2, 5, 4, 2), (3, 2), (1, 1), "valid", "sigmoid"),
        convolution((1, 6, 5, 1), (2, 3), (2, 2), "same", "linear"),
        convolution((1, 6, 7, 2), (3, 3), (2, 3), "valid", "elu"),
    ],
    "pools": [
        pool((2, 4, 4, 2), (2, 2), (2, 2), "valid"),
        pool((1, 5, 7, 2), (2, 2), (2, 2), "valid"),
        pool((1, 5, 5, 2), (3, 2), (2, 1), "same"),
    ],
    "normalizations": [
        normalization((4, 3), True, True),
        normalization((2, 3, 2, 2), True, True),
        normalization((2, 2, 3, 2), False, True),
        normalization((2, 2, 3, 2), True, False),
        normalization((3, 2), False, False),
    ],
    "cifarSummary": cifar_summary(),
}

with open("packages/layers/src/keras-convolution.fixture.json", "w") as file:
    json.dump(fixture, file, indent=1, ensure_ascii=False)
    file.write("\n")
