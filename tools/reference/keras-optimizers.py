"""Weights after 1, 2, 5, 10 and 20 steps of each Keras optimizer on a fixed least-squares problem.

The problem: predict Y from X by X @ kernel + bias; the loss is the mean of the squared errors over rows and outputs.
Its gradient is computed by Keras' backend; optimizers get it through `optimizer.apply`. A case with `change` sets
another learning rate after step 8.
"""

import json
import os
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
import tensorflow as tf

X = [[1.0, 2.0, -1.0], [0.5, -1.5, 2.0], [-2.0, 0.25, 1.0], [1.5, 1.0, 0.75]]
Y = [[1.0, -2.0], [0.5, 1.0], [-1.5, 0.25], [2.0, -0.75]]
KERNEL = [[0.3, -0.2], [0.1, 0.4], [-0.5, 0.6]]
BIAS = [0.05, -0.1]
RECORDED = [1, 2, 5, 10, 20]
CHANGED_AFTER = 8

# wellfit's name and options, and the Keras optimizer that they stand for.
CASES = [
    ("sgd", {}, keras.optimizers.SGD, {}),
    ("sgd", {"learningRate": 0.1}, keras.optimizers.SGD, {"learning_rate": 0.1}),
    ("momentum", {}, keras.optimizers.SGD, {"momentum": 0.9}),
    (
        "momentum",
        {"learningRate": 0.05, "momentum": 0.7},
        keras.optimizers.SGD,
        {"learning_rate": 0.05, "momentum": 0.7},
    ),
    (
        "momentum",
        {"learningRate": 0.05, "momentum": 0.8, "nesterov": True},
        keras.optimizers.SGD,
        {"learning_rate": 0.05, "momentum": 0.8, "nesterov": True},
    ),
    ("rmsprop", {}, keras.optimizers.RMSprop, {}),
    (
        "rmsprop",
        {"learningRate": 0.02, "rho": 0.8, "epsilon": 0.01},
        keras.optimizers.RMSprop,
        {"learning_rate": 0.02, "rho": 0.8, "epsilon": 0.01},
    ),
    (
        "rmsprop",
        {"learningRate": 0.01, "momentum": 0.5},
        keras.optimizers.RMSprop,
        {"learning_rate": 0.01, "momentum": 0.5},
    ),
    (
        "rmsprop",
        {"learningRate": 0.01, "centered": True, "epsilon": 0.001},
        keras.optimizers.RMSprop,
        {"learning_rate": 0.01, "centered": True, "epsilon": 0.001},
    ),
    (
        "rmsprop",
        {"learningRate": 0.01, "centered": True, "momentum": 0.6, "epsilon": 0.001},
        keras.optimizers.RMSprop,
        {"learning_rate": 0.01, "centered": True, "momentum": 0.6, "epsilon": 0.001},
    ),
    ("adam", {}, keras.optimizers.Adam, {}),
    (
        "adam",
        {"learningRate": 0.05, "beta1": 0.8, "beta2": 0.95, "epsilon": 0.1},
        keras.optimizers.Adam,
        {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 0.1},
    ),
    ("adagrad", {}, keras.optimizers.Adagrad, {}),
    (
        "adagrad",
        {"learningRate": 0.2, "initialAccumulator": 0.5, "epsilon": 0.05},
        keras.optimizers.Adagrad,
        {"learning_rate": 0.2, "initial_accumulator_value": 0.5, "epsilon": 0.05},
    ),
    ("adamw", {}, keras.optimizers.AdamW, {}),
    (
        "adamw",
        {"learningRate": 0.05, "weightDecay": 0.3, "epsilon": 0.001},
        keras.optimizers.AdamW,
        {"learning_rate": 0.05, "weight_decay": 0.3, "epsilon": 0.001},
    ),
]
# Every optimizer again with another learning rate after step 8.
CHANGES = [
    ("sgd", {"learningRate": 0.1}, keras.optimizers.SGD, {"learning_rate": 0.1}),
    (
        "momentum",
        {"learningRate": 0.05, "nesterov": True},
        keras.optimizers.SGD,
        {"learning_rate": 0.05, "momentum": 0.9, "nesterov": True},
    ),
    (
        "rmsprop",
        {"learningRate": 0.05, "momentum": 0.9},
        keras.optimizers.RMSprop,
        {"learning_rate": 0.05, "momentum": 0.9},
    ),
    ("adam", {"learningRate": 0.05}, keras.optimizers.Adam, {"learning_rate": 0.05}),
    ("adagrad", {"learningRate": 0.5}, keras.optimizers.Adagrad, {"learning_rate": 0.5}),
    (
        "adamw",
        {"learningRate": 0.05, "weightDecay": 0.2},
        keras.optimizers.AdamW,
        {"learning_rate": 0.05, "weight_decay": 0.2},
    ),
]


def numbers(variable):
    """Nine digits give every float32 back."""
    return [float(f"{value:.9g}") for value in np.ravel(variable.numpy())]


def trajectory(optimizer, change):
    kernel = keras.Variable(np.float32(KERNEL))
    bias = keras.Variable(np.float32(BIAS))
    x, y = tf.constant(X), tf.constant(Y)
    recorded = []
    for step in range(1, RECORDED[-1] + 1):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(x @ kernel.value + bias.value - y))
        gradients = tape.gradient(loss, [kernel.value, bias.value])
        optimizer.apply(gradients, [kernel, bias])
        if step in RECORDED:
            recorded.append({"step": step, "kernel": numbers(kernel), "bias": numbers(bias)})
        if change is not None and step == CHANGED_AFTER:
            optimizer.learning_rate = change
    return recorded


def case(name, options, make, keras_options, change=None):
    result = {"optimizer": name, "options": options}
    if change is not None:
        result["change"] = {"afterStep": CHANGED_AFTER, "learningRate": change}
    return {**result, "weights": trajectory(make(**keras_options), change)}


fixture = {
    "source": f"tools/reference/keras-optimizers.py, Keras {keras.__version__}, TensorFlow {tf.__version__}, CPU",
    "problem": {"x": X, "y": Y, "kernel": KERNEL, "bias": BIAS},
    "cases": [case(*row) for row in CASES] + [case(*row, change=0.01) for row in CHANGES],
}
target = Path(__file__).parents[2] / "packages/core/src/optimizers/keras-optimizers.fixture.json"
target.write_text(json.dumps(fixture) + "\n")
