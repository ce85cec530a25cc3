"""What the benchmark gives a peer, and what it reads from it: the counterpart of ../sides/job.mjs."""
import json
import os
import sys
import time

JOB = json.loads(sys.argv[1])
_started = JOB["startedAt"] / 1000
_phases = {}
_last = [_started]


def end_phase(name):
    """Notes how long everything since the last call (or the start of the process) took."""
    _phases[name] = time.time() - _last[0]
    _last[0] = time.time()


def report(epochs, loss, versions):
    """Prints what the benchmark reads: seconds per epoch, and when the last one ended."""
    ended = time.time() * 1000
    print(json.dumps({"epochs": epochs, "loss": loss, "phases": _phases, "endedAt": ended, "versions": versions}))


def description():
    with open(os.path.join(JOB["data"], "data.json")) as file:
        return json.load(file)


def read_split(split):
    """Labels and pixels, or labels and the column numbers and row offsets of a multi-hot matrix."""
    import numpy as np

    about = description()
    work = JOB["work"]
    count = about["sizes"][split]
    if "steps" in work:
        count = min(count, work["steps"] * work["batchSize"])

    def read(part, dtype):
        return np.fromfile(os.path.join(JOB["data"], f"{split}-{part}.bin"), dtype)

    labels = read("labels", np.uint8)[:count]
    if about["kind"] == "images":
        return {"labels": labels, "pixels": read("pixels", np.uint8).reshape(-1, *about["inputShape"])[:count]}
    return {"labels": labels, "indices": read("indices", np.int32), "offsets": read("offsets", np.int32)}


def dense(rows, width):
    """The multi-hot matrix as float32."""
    import numpy as np

    count = len(rows["labels"])
    matrix = np.zeros((count, width), np.float32)
    matrix[np.repeat(np.arange(count), np.diff(rows["offsets"])), rows["indices"]] = 1
    return matrix
