"""IMDB capacity in Keras with a fresh batch order in every epoch: what published figures would be without a quirk.

After `keras.utils.set_random_seed`, `fit` of Keras 3 on TensorFlow repeats the batch order of its first epoch in all
later ones. Networks that can learn the data by heart then train less smoothly and end elsewhere. Here the rows are
permuted by NumPy before each epoch.

1,000 words, Adam, batch 512, 20 epochs, trained on the 25,000 training reviews, validated on the 25,000 test reviews.
Prints, for each arm, means over seeds: lowest validation loss, final validation loss and accuracy, final training loss
(evaluated in inference mode), each with its standard deviation. `tools/verify.mjs` compares wellfit with them.
"""

import os

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras
import numpy as np

ARMS = {"small": 6, "base": 16, "large": 128}
SEEDS = range(1, 6)
WORDS = 1000


def multi_hot(reviews):
    matrix = np.zeros((len(reviews), WORDS), "float32")
    for row, review in enumerate(reviews):
        matrix[row, review] = 1
    return matrix


(x, y), (x_val, y_val) = keras.datasets.imdb.load_data(num_words=WORDS)
x, x_val = multi_hot(x), multi_hot(x_val)
y, y_val = y.astype("float32"), y_val.astype("float32")

for arm, units in ARMS.items():
    ends = []
    for seed in SEEDS:
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.Input((WORDS,)),
                keras.layers.Dense(units, activation="relu"),
                keras.layers.Dense(units, activation="relu"),
                keras.layers.Dense(1, activation="sigmoid"),
            ]
        )
        model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
        random = np.random.default_rng(seed)
        losses, accuracies = [], []
        for _ in range(20):
            order = random.permutation(len(x))
            model.fit(x[order], y[order], batch_size=512, shuffle=False, verbose=0)
            loss, accuracy = model.evaluate(x_val, y_val, batch_size=512, verbose=0)
            losses.append(loss)
            accuracies.append(accuracy)
        train_loss, _ = model.evaluate(x, y, batch_size=512, verbose=0)
        ends.append([min(losses), losses[-1], accuracies[-1], train_loss])
    mean, sd = np.mean(ends, 0), np.std(ends, 0, ddof=1)
    print(arm, *(f"{m:.4f} ({s:.4f})" for m, s in zip(mean, sd)), flush=True)
