"""Opens the models that tools/check-keras-export.mjs has saved, and compares predictions."""

import glob
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import absl.logging
import keras
import numpy as np

# Keras warns that models without an optimizer are not compiled, which is right here.
absl.logging.set_verbosity("error")
LIMIT = 1e-5

folder = sys.argv[1]
worst = 0.0
for description in sorted(glob.glob(os.path.join(folder, "*.json"))):
    base = description[: -len(".json")]
    with open(description) as file:
        expected = json.load(file)
    inputs = np.fromfile(base + ".f32", dtype="<f4").reshape(expected["shape"])
    for extension in (".h5", ".keras"):
        model = keras.models.load_model(base + extension)
        predictions = np.array(model(inputs, training=False))
        wanted = np.array(expected["predictions"]).reshape(predictions.shape)
        difference = float(np.abs(predictions - wanted).max())
        spread = float(np.ptp(predictions))
        print(
            f"{os.path.basename(base + extension):16} {model.count_params():8} parameters, "
            f"predictions spread over {spread:.3f}, largest difference {difference:.1e}"
        )
        worst = max(worst, difference)

print(f"Keras {keras.__version__}: {'all equal to 1e-5' if worst < LIMIT else 'DIFFERENT'}")
sys.exit(0 if worst < LIMIT else 1)
