"""What Keras' own EarlyStopping does in 300 random runs.

Each run calls the callback as `fit` would: `on_train_begin`, `on_epoch_end` with the next value until the callback stops
training, `on_train_end`. The model is a stand-in whose weights are the number of finished epochs, so that they tell
which epoch was restored.

Values are eighths, which float32 holds exactly (Keras compares in float32), and lie on a coarse grid, so that ties with
the best value, the baseline and the smallest change are common. One run per line; epochs are counted from 1.
"""

import json
import os
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras
import numpy as np

RUNS = 300
KERAS_NAMES = {
    "patience": "patience",
    "mode": "mode",
    "minDelta": "min_delta",
    "baseline": "baseline",
    "startFromEpoch": "start_from_epoch",
    "restoreBestWeights": "restore_best_weights",
}

rng = np.random.default_rng(1)


def pick(*choices):
    return choices[rng.integers(len(choices))]


def chance(probability):
    return rng.random() < probability


class CountingModel:
    """Its weights are the number of finished epochs."""

    def __init__(self):
        self.finished = 0
        self.restored = 0
        self.stop_training = False

    def get_weights(self):
        return self.finished

    def set_weights(self, weights):
        self.restored = weights


def random_values():
    """A random walk that drifts down, up or nowhere."""
    drift = pick(-1, 0, 1)
    values = [int(rng.integers(14, 35))]
    for _ in range(pick(1, 2, 3, 5, 8, 12, 16) - 1):
        values.append(max(values[-1] + drift + int(rng.integers(-3, 4)), 0))
    return values


def random_options(values):
    options = {"mode": pick("min", "max")}
    if chance(0.75):
        options["patience"] = pick(0, 1, 2, 3, 5)
    if chance(0.4):
        options["minDelta"] = pick(0.125, 0.25, 0.375)
    if chance(0.4):
        # A value of the run, or near one: what equals the baseline does not beat it.
        options["baseline"] = max(pick(*values) + pick(-1, 0, 0, 1), 0) / 8
    if chance(0.4):
        options["startFromEpoch"] = pick(0, 1, 2, 4, 20)
    if chance(0.75):
        options["restoreBestWeights"] = True
    return options


def run(values, options):
    given = {KERAS_NAMES[name]: value for name, value in options.items()}
    callback = keras.callbacks.EarlyStopping(monitor="m", **given)
    model = CountingModel()
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, value in enumerate(values):
        model.finished = epoch + 1
        callback.on_epoch_end(epoch, {"m": value / 8})
        if model.stop_training:
            break
    callback.on_train_end()
    best = 0 if callback.best is None else callback.best_epoch + 1
    return [model.finished, int(model.stop_training), best, model.restored]


lines = []
for _ in range(RUNS):
    values = random_values()
    options = random_options(values)
    case = {"eighths": values, "options": options, "keras": run(values, options)}
    lines.append(json.dumps(case, separators=(",", ":")))

folder = Path(__file__).resolve().parents[2] / "packages" / "callbacks" / "src"
(folder / "early-stopping.keras.jsonl").write_text("\n".join(lines) + "\n")
