"""Whole training runs of a tiny multilayer perceptron in Keras: what it logs and where the weights end.

Inputs 6 (multi-hot) -> 5 relu -> 4 relu -> 1 sigmoid; 24 training and 8 validation rows; batches of 8 in their
natural order; 3 epochs. Kernels are [inputs, outputs].
"""

import json
import os
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(1)
WIDTHS = [6, 5, 4, 1]


def rounded(values, digits):
    return np.round(values, digits).astype(np.float32)


# Biases differ from 0 so that no unit sits exactly in the kink of relu.
INITIAL = [
    array
    for fan_in, fan_out in zip(WIDTHS, WIDTHS[1:])
    for array in (
        rounded(rng.uniform(-0.8, 0.8, (fan_in, fan_out)), 3),
        rounded(rng.uniform(0.02, 0.2, fan_out), 3),
    )
]
NAMES = [f"{layer}/{what}" for layer in ("hidden_1", "hidden_2", "output") for what in ("kernel", "bias")]


def rows(count):
    x = (rng.random((count, 6)) < 0.45).astype(np.float32)
    # A rule that a few steps begin to learn, with every seventh label wrong.
    y = (x[:, 0] + x[:, 1] - x[:, 4] - x[:, 5] + 0.5 > 0).astype(np.float32)
    y[::7] = 1 - y[::7]
    return x, y


TRAIN = rows(24)
VALIDATION = rows(8)


def number(value):
    """Nine digits give every float32 back."""
    return float(f"{value:.9g}")


def weights(arrays):
    return [
        {"name": name, "shape": list(array.shape), "values": [number(v) for v in array.ravel()]}
        for name, array in zip(NAMES, arrays)
    ]


def run(optimizer, options, keras_optimizer, l2):
    regularizer = (lambda: keras.regularizers.L2(l2)) if l2 else (lambda: None)
    model = keras.Sequential(
        [
            keras.layers.Input((WIDTHS[0],)),
            keras.layers.Dense(WIDTHS[1], activation="relu", kernel_regularizer=regularizer()),
            keras.layers.Dense(WIDTHS[2], activation="relu", kernel_regularizer=regularizer()),
            keras.layers.Dense(WIDTHS[3], activation="sigmoid"),
        ]
    )
    model.set_weights(INITIAL)
    model.compile(optimizer=keras_optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        *TRAIN, batch_size=8, epochs=3, shuffle=False, validation_data=VALIDATION, verbose=0
    ).history
    keys = ["loss", "accuracy", "val_loss", "val_accuracy"]
    return {
        "optimizer": optimizer,
        "options": options,
        "l2": l2,
        "epochs": [{key: number(history[key][epoch]) for key in keys} for epoch in range(3)],
        "finalWeights": weights(model.get_weights()),
    }


def split(x, y):
    return {"inputs": x.astype(int).tolist(), "labels": y.astype(int).tolist()}


fixture = {
    "source": f"tools/reference/keras-trajectory.py, Keras {keras.__version__}, TensorFlow {tf.__version__}, CPU",
    "batchSize": 8,
    "train": split(*TRAIN),
    "validation": split(*VALIDATION),
    "initialWeights": weights(INITIAL),
    "runs": [
        run(name, {"learningRate": 0.01}, make(learning_rate=0.01), l2)
        for name, make in [("rmsprop", keras.optimizers.RMSprop), ("adam", keras.optimizers.Adam)]
        for l2 in (0, 0.01)
    ],
}
target = Path(__file__).parents[2] / "integration/keras-trajectory.fixture.json"
target.write_text(json.dumps(fixture) + "\n")
