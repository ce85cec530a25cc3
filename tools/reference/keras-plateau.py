"""Takes Keras' ReduceLROnPlateau through random runs; prints one JSON line for each.

    python3 tools/reference/keras-plateau.py > packages/callbacks/src/reduce-learning-rate-on-plateau.keras.jsonl

Values are eighths on a coarse grid, which float32 holds exactly, so that ties are common. The learning rate starts at 1 and
factors are powers of two. `keras` holds the learning rate after each epoch.
"""
import json
import random

import keras

random.seed(20261121)


class Optimizer:
    def __init__(self):
        self.learning_rate = 1.0


class Model:
    def __init__(self):
        self.optimizer = Optimizer()


def run(eighths, options):
    callback = keras.callbacks.ReduceLROnPlateau(
        monitor="m",
        mode=options["mode"],
        factor=options["factor"],
        patience=options["patience"],
        min_delta=options["minDelta"],
        cooldown=options["cooldown"],
        min_lr=options["minLearningRate"],
    )
    model = Model()
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(eighths):
        callback.on_epoch_end(epoch, {"m": value / 8})
        rates.append(float(model.optimizer.learning_rate))
    return rates


for _ in range(300):
    options = {
        "mode": random.choice(["min", "max"]),
        "factor": random.choice([0.5, 0.25]),
        "patience": random.choice([0, 1, 2, 3]),
        "minDelta": random.choice([0, 0.125, 0.25]),
        "cooldown": random.choice([0, 0, 1, 2, 3]),
        "minLearningRate": random.choice([0, 0, 0.125, 0.3]),
    }
    level = random.randint(16, 32)
    eighths = []
    for _ in range(random.randint(1, 14)):
        level += random.choice([-3, -2, -1, 0, 0, 1, 2])
        eighths.append(level)
    print(json.dumps({"eighths": eighths, "options": options, "keras": run(eighths, options)}))
