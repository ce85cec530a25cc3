"""Prints what Keras' BatchNormalization gives for three rows: twice in training mode, then once in inference mode.

The values stand in `packages/layers/src/batch-normalization.test.ts`.
"""

import os

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np

ROWS = np.array([[1, 10], [2, 30], [6, 20]], "float32")

layer = keras.layers.BatchNormalization(momentum=0.9)
layer(ROWS, training=True)
training = layer(ROWS, training=True)
print("training", np.asarray(training).tolist())
print("movingMean", np.asarray(layer.moving_mean).tolist())
print("movingVariance", np.asarray(layer.moving_variance).tolist())
print("inference", np.asarray(layer(ROWS, training=False)).tolist())
