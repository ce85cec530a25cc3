"""What Keras' losses and accuracies give for fixed logits, with the losses' gradients by the logits."""

import json
import os
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras
import numpy as np
import tensorflow as tf

BINARY = [[-3.0], [-0.4], [0.0001], [0.7], [2.5], [12.0], [-15.0], [0.3]]
BINARY_TARGETS = [[0.0], [1.0], [1.0], [0.0], [1.0], [0.25], [0.0], [0.0]]
EXTREME = [[1000.0], [-1000.0], [1000.0], [-1000.0]]
EXTREME_TARGETS = [[1.0], [0.0], [0.0], [1.0]]
CLASSES = [[0.2, -1.0, 3.0], [1.5, 1.4, -2.0], [-0.3, 0.6, 0.5], [4.0, -4.0, 0.0], [0.1, 0.1, 0.0]]
SPARSE = [2.0, 1.0, 1.0, 2.0, 0.0]
ONE_HOT = [[float(label == column) for column in range(3)] for label in SPARSE]
SMOOTH = [[0.1, 0.1, 0.8], [0.2, 0.7, 0.1], [0.0, 0.9, 0.1], [0.3, 0.3, 0.4], [1.0, 0.0, 0.0]]
EXTREME_CLASSES = [[1000.0, -1000.0, 0.0], [-1000.0, 1000.0, 999.0]]
EXTREME_ONE_HOT = [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
VALUES = [[0.5, -1.0], [2.0, 0.25], [-3.0, 4.0]]
WANTED = [[1.0, -1.5], [0.0, 0.25], [2.0, 3.0]]

binary = keras.losses.BinaryCrossentropy(from_logits=True)
categorical = keras.losses.CategoricalCrossentropy(from_logits=True)
sparse = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
squared = keras.losses.MeanSquaredError()


def case(name, loss, logits, targets):
    z = tf.constant(logits)
    with tf.GradientTape() as tape:
        tape.watch(z)
        value = loss(tf.constant(targets), z)
    gradient = [float(f"{v:.9g}") for v in np.ravel(tape.gradient(value, z).numpy())]
    return {"loss": name, "logits": logits, "targets": targets, "value": float(f"{value.numpy():.9g}"), "gradient": gradient}


def accuracy(task, metric, predictions, logits, targets):
    metric.update_state(tf.constant(targets), predictions(tf.constant(logits)))
    return {"task": task, "logits": logits, "targets": targets, "accuracy": float(metric.result())}


fixture = {
    "source": f"tools/reference/keras-losses.py, Keras {keras.__version__}, TensorFlow {tf.__version__}, CPU",
    "losses": [
        case("binary-crossentropy", binary, BINARY, BINARY_TARGETS),
        case("binary-crossentropy", binary, EXTREME, EXTREME_TARGETS),
        case("categorical-crossentropy", categorical, CLASSES, ONE_HOT),
        case("categorical-crossentropy", categorical, CLASSES, SMOOTH),
        case("categorical-crossentropy", sparse, CLASSES, SPARSE),
        case("categorical-crossentropy", categorical, EXTREME_CLASSES, EXTREME_ONE_HOT),
        case("mean-squared-error", squared, VALUES, WANTED),
    ],
    "accuracies": [
        accuracy(
            "binary-classification",
            keras.metrics.BinaryAccuracy(),
            tf.sigmoid,
            BINARY,
            [[float(y > 0.5)] for [y] in BINARY_TARGETS],
        ),
        accuracy("classification", keras.metrics.CategoricalAccuracy(), tf.nn.softmax, CLASSES, ONE_HOT),
        accuracy("classification", keras.metrics.SparseCategoricalAccuracy(), tf.nn.softmax, CLASSES, SPARSE),
    ],
}
target = Path(__file__).parents[2] / "packages/core/src/losses/keras-losses.fixture.json"
target.write_text(json.dumps(fixture) + "\n")
