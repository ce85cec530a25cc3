"""
Trains the arm `dropout` of wellfit's `cifar10-dropout` in Keras, to compare curves epoch by epoch.

    WELLFIT_DATASETS=... python3 tools/reference/keras-cifar10.py --epochs 5

35,000 images of a seeded permutation are trained on, 15,000 validate; standardized per channel by the former. Prints a
line of JSON per epoch.
"""
import argparse
import json
import os
import tarfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=30)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
keras.utils.set_random_seed(options.seed)
order = np.random.default_rng(options.seed)

with tarfile.open(os.path.join(os.environ["WELLFIT_DATASETS"], "cifar-10-binary.tar.gz")) as archive:
    members = sorted(m.name for m in archive.getmembers() if "data_batch_" in m.name)
    data = b"".join(archive.extractfile(name).read() for name in members)
records = np.frombuffer(data, np.uint8).reshape(-1, 3073)
y = records[:, 0].astype("int64")
x = records[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1).astype("float32")
rows = order.permutation(len(x))
train, validation = rows[:35000], rows[35000:]
x = (x - x[train].mean(axis=(0, 1, 2))) / x[train].std(axis=(0, 1, 2))

blocks = []
for width in (32, 64, 128):
    for _ in range(2):
        blocks.append(layers.Conv2D(width, 3, padding="same", activation="relu"))
    blocks += [layers.MaxPooling2D(), layers.Dropout(0.2)]
head = [layers.Flatten(), layers.Dense(256, activation="relu"), layers.Dropout(0.2), layers.Dense(10, activation="softmax")]
model = keras.Sequential([keras.Input((32, 32, 3)), *blocks, *head])
model.compile(optimizer=keras.optimizers.Adam(1e-4), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
for epoch in range(options.epochs):
    shuffled = order.permutation(train)
    log = model.fit(x[shuffled], y[shuffled], batch_size=32, shuffle=False, verbose=0).history
    val = model.evaluate(x[validation], y[validation], batch_size=500, verbose=0)
    print(json.dumps({"epoch": epoch + 1, "loss": log["loss"][0], "accuracy": log["accuracy"][0], "val": val}), flush=True)
