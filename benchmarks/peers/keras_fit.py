"""Keras on TensorFlow: `model.fit` with validation_data on arrays in memory."""
import os

from job import JOB, dense, description, end_phase, read_split, report

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"
import time

import keras
import numpy as np
import tensorflow as tf
from keras import layers

tf.config.threading.set_intra_op_parallelism_threads(JOB["threads"])
tf.config.threading.set_inter_op_parallelism_threads(JOB["threads"])
end_phase("import")

work, about = JOB["work"], description()


def arrays(split):
    rows = read_split(split)
    if about["kind"] == "images":
        return rows["pixels"].astype(np.float32) / 255, rows["labels"].astype(np.int32)
    return dense(rows, about["inputShape"][0]), rows["labels"].astype(np.float32)[:, None]


x, y = arrays("train")
validation = None if "steps" in work else arrays("validation")
end_phase("data")


def layer(entry):
    if entry == "max-pool2d":
        return layers.MaxPooling2D()
    if entry == "batch-normalization":
        return layers.BatchNormalization()
    if "conv2d" in entry:
        return layers.Conv2D(entry["conv2d"], 3, padding=entry["padding"], activation=entry.get("activation"))
    return layers.Dense(entry["dense"], activation=entry.get("activation"))


built = [layer(entry) for entry in work["layers"]] + [layers.Dense(about["outputs"])]
if len(about["inputShape"]) > 1:
    first = next(i for i, made in enumerate(built) if isinstance(made, layers.Dense))
    built.insert(first, layers.Flatten())
model = keras.Sequential([keras.Input(about["inputShape"]), *built])
binary = about["outputs"] == 1
make = {"adam": keras.optimizers.Adam, "rmsprop": keras.optimizers.RMSprop}[work["optimizer"]["name"]]
model.compile(
    optimizer=make(work["optimizer"]["learningRate"]),
    loss=keras.losses.BinaryCrossentropy(from_logits=True)
    if binary
    else keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0) if binary else "accuracy"],
)
end_phase("model")


class Times(keras.callbacks.Callback):
    epochs = []
    loss = None

    def on_epoch_begin(self, epoch, logs=None):
        self.epochs.append(-time.perf_counter())

    def on_epoch_end(self, epoch, logs):
        self.epochs[-1] += time.perf_counter()
        self.loss = logs.get("val_loss", logs["loss"])


times = Times()
model.fit(
    x,
    y,
    batch_size=work["batchSize"],
    epochs=JOB["epochs"],
    validation_data=validation,
    verbose=0,
    callbacks=[times],
)
report(times.epochs, times.loss, {"keras": keras.__version__, "tensorflow": tf.__version__})
