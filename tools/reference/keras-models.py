"""Saves small models with the real Keras, for the tests that load them.

Every file is gzipped and in base64, with inputs and the predictions that Keras gives for them. `keras-refused` holds
architectures that cannot be loaded, as Keras describes them.
"""

import base64
import gzip
import json
import os
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers

OUT = os.path.join(os.path.dirname(__file__), "../../packages/formats/src/test-support")
keras.utils.set_random_seed(7)
random = np.random.default_rng(7)


def cnn():
    return keras.Sequential(
        [
            keras.Input((6, 5, 2)),
            layers.Conv2D(3, 3, padding="same", activation="relu", kernel_regularizer="l2"),
            layers.Dropout(0.2),
            layers.Conv2D(4, (2, 3), strides=(2, 1), use_bias=False, kernel_initializer="he_normal"),
            layers.BatchNormalization(scale=False, momentum=0.8),
            layers.Activation("tanh"),
            layers.MaxPooling2D(2, padding="same"),
            layers.Dropout(0.2),
            layers.Flatten(),
            layers.Dense(4, activation="elu", kernel_constraint="max_norm"),
            layers.Dense(3, activation="softmax"),
        ],
        name="cnn",
    )


def chain():
    inputs = keras.Input((4,))
    x = layers.GaussianNoise(0.1)(inputs)
    x = layers.Dense(5, kernel_initializer=keras.initializers.RandomNormal(0.0, 0.7))(x)
    x = layers.BatchNormalization(center=False, epsilon=0.01)(x)
    x = layers.Activation("relu")(x)
    x = layers.Dense(3, activation="tanh", kernel_initializer=keras.initializers.VarianceScaling(3.0))(x)
    x = layers.Dense(1, kernel_initializer="orthogonal")(x)
    return keras.Model(inputs, layers.Activation("sigmoid")(x), name="chain")


def fitted(model):
    # Trained, so that moving averages and biases are where they never start, and an optimizer is in the file.
    x = random.normal(size=(64, *model.input_shape[1:])).astype("float32")
    y = random.integers(0, max(2, model.output_shape[1]), 64)
    loss = "sparse_categorical_crossentropy" if model.output_shape[1] > 1 else "binary_crossentropy"
    model.compile(keras.optimizers.Adam(0.05), loss)
    model.fit(x, y, batch_size=16, epochs=3, verbose=0)
    return model


def files_of(model):
    files = {}
    for extension in ("h5", "keras"):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, f"model.{extension}")
            model.save(path)
            with open(path, "rb") as file:
                files[extension] = base64.b64encode(gzip.compress(file.read(), 9, mtime=0)).decode()
    return files


def refused():
    a, b = keras.Input((4,)), keras.Input((4,))
    dense = layers.Dense(4, name="twice")
    image = keras.Input((8, 8, 3))
    branch = layers.Dense(4, name="branch")(a)
    functional = {
        "branches": keras.Model(a, layers.Add(name="sum")([branch, layers.Dense(4)(branch)])),
        "two-inputs": keras.Model([a, b], layers.Concatenate(name="both")([a, b])),
        "two-outputs": keras.Model(a, [branch, layers.Dense(2, name="head")(branch)]),
        "shared-layer": keras.Model(a, dense(dense(a))),
        "training-argument": keras.Model(a, layers.BatchNormalization(name="norm")(a, training=True)),
    }
    sequences = {
        "lstm": [keras.Input((3, 4)), layers.LSTM(2, name="memory")],
        "nested": [keras.Input((4,)), keras.Sequential([layers.Dense(2)], name="inner")],
        "dilation": [image, layers.Conv2D(2, 3, dilation_rate=2, name="wide")],
        "groups": [image, layers.Conv2D(3, 3, groups=3, name="grouped")],
        "channels-first": [image, layers.MaxPooling2D(2, data_format="channels_first", name="pool")],
        "axis": [image, layers.BatchNormalization(axis=1, name="norm")],
        "activation": [keras.Input((4,)), layers.Dense(2, activation="hard_swish", name="swish")],
        "inner-softmax": [keras.Input((4,)), layers.Dense(2, activation="softmax", name="soft"), layers.Dense(1)],
        "unknown-size": [keras.Input((None, None, 3)), layers.Conv2D(2, 3, name="conv")],
        "no-input": [layers.Dense(2, name="dense")],
        "rescaling": [image, layers.Rescaling(1 / 255, name="scale")],
    }
    models = functional | {name: keras.Sequential(parts, name="net") for name, parts in sequences.items()}
    return {name: keras.saving.serialize_keras_object(model) for name, model in models.items()}


def write(name, fixture):
    with open(os.path.join(OUT, f"keras-{name}.fixture.json"), "w") as file:
        json.dump(fixture, file)


for build in (cnn, chain):
    model = fitted(build())
    inputs = np.round(random.normal(size=(5, *model.input_shape[1:])), 6).astype("float32")
    fixture = {
        "keras": keras.__version__,
        "inputShape": list(model.input_shape[1:]),
        "inputs": [round(float(value), 6) for value in inputs.ravel()],
        "predictions": [float(value) for value in np.array(model(inputs, training=False)).ravel()],
        "files": files_of(model),
    }
    write(model.name, fixture)
write("refused", refused())
