"""
Trains MNIST experiments of wellfit in Keras, with a fresh batch order in every epoch, to compare outcomes.

    WELLFIT_DATASETS=... python3 tools/reference/keras-mnist.py mlp --train 54000 --seed 1 --epochs 200

The first `--train` digits of a seeded permutation are trained on, the others validate. Prints a line of JSON per epoch,
and one of the test evaluation.
"""
import argparse
import gzip
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers


def read(name, skip):
    with gzip.open(os.path.join(os.environ["WELLFIT_DATASETS"], name)) as file:
        return np.frombuffer(file.read(), np.uint8, offset=skip)


def dense(units, activation=None):
    return layers.Dense(units, activation=activation, kernel_initializer="he_normal")


def bn_blocks():
    blocks = []
    for units in (64, 32, 64):
        blocks += [dense(units), layers.BatchNormalization(), dense(units, "relu")]
    return blocks


def normalized(units, drop, layer):
    return [layers.BatchNormalization(), layers.Dropout(drop), layer(units)]


def sigmoid(units):
    return layers.Dense(units, activation="sigmoid")


def penalized(units):
    penalty = keras.regularizers.L2(0.01)
    return layers.Dense(units, activation="relu", kernel_initializer="he_normal", kernel_regularizer=penalty)


EXPERIMENTS = {
    "mlp": (lambda: [sigmoid(64), sigmoid(32), sigmoid(64)], lambda: keras.optimizers.SGD(0.01), 32, 200),
    "batchnorm": (bn_blocks, lambda: keras.optimizers.SGD(0.01), 100, 100),
    "dropout": (
        lambda: [*normalized(100, 0.2, sigmoid), *normalized(50, 0.2, sigmoid)],
        lambda: keras.optimizers.RMSprop(),
        100,
        30,
    ),
    "weight-decay": (
        lambda: [*normalized(100, 0.2, penalized), *normalized(50, 0.2, penalized)],
        lambda: keras.optimizers.SGD(0.01),
        100,
        60,
    ),
}

parser = argparse.ArgumentParser()
parser.add_argument("experiment", choices=EXPERIMENTS)
parser.add_argument("--train", type=int, default=54000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--epochs", type=int)
options = parser.parse_args()
keras.utils.set_random_seed(options.seed)
order = np.random.default_rng(options.seed)

x = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype("float32") / 255
y = read("train-labels-idx1-ubyte.gz", 8).astype("int64")
x_test = read("t10k-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype("float32") / 255
y_test = read("t10k-labels-idx1-ubyte.gz", 8).astype("int64")
rows = order.permutation(len(x))
train, validation = rows[: options.train], rows[options.train :]
hidden, optimizer, batch, epochs = EXPERIMENTS[options.experiment]
model = keras.Sequential([keras.Input((784,)), *hidden(), layers.Dense(10, activation="softmax")])
model.compile(optimizer=optimizer(), loss="sparse_categorical_crossentropy", metrics=["accuracy"])


def evaluate(inputs, targets):
    return model.evaluate(inputs, targets, batch_size=1000, verbose=0) if len(inputs) else [float("nan")] * 2


for epoch in range(options.epochs or epochs):
    shuffled = order.permutation(train)
    log = model.fit(x[shuffled], y[shuffled], batch_size=batch, shuffle=False, verbose=0).history
    val = evaluate(x[validation], y[validation])
    print(json.dumps({"epoch": epoch + 1, "loss": log["loss"][0], "accuracy": log["accuracy"][0], "val": val}), flush=True)
print(json.dumps({"test": evaluate(x_test, y_test), "train": evaluate(x[train], y[train])}))
