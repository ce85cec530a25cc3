"""A lean PyTorch loop: all rows are tensors in memory, batches are chosen by index, nothing is logged within an epoch."""
import time

from job import JOB, dense, description, end_phase, read_split, report

import numpy as np
import torch
from torch import nn
from torch.nn import functional

torch.set_num_threads(JOB["threads"])
torch.manual_seed(1)
end_phase("import")

work, about = JOB["work"], description()
sparse, binary = JOB.get("sparse", False), about["outputs"] == 1


class Rows:
    """Tensors of a split."""

    def __init__(self, split):
        rows = read_split(split)
        labels = torch.from_numpy(rows["labels"].astype(np.int64))
        self.count = len(labels)
        self.targets = labels.float()[:, None] if binary else labels
        if about["kind"] == "images":
            pixels = torch.from_numpy(rows["pixels"].astype(np.float32) / 255)
            self.inputs = pixels.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
        elif sparse:
            self.indices = torch.from_numpy(rows["indices"].astype(np.int64))
            self.offsets = torch.from_numpy(rows["offsets"].astype(np.int64))
        else:
            self.inputs = torch.from_numpy(dense(rows, about["inputShape"][0]))

    def batch(self, rows):
        if not sparse:
            return self.inputs[rows], self.targets[rows]
        starts = self.offsets[rows]
        lengths = self.offsets[rows + 1] - starts
        offsets = lengths.cumsum(0) - lengths
        places = torch.arange(int(lengths.sum())) + (starts - offsets).repeat_interleave(lengths)
        return (self.indices[places], offsets), self.targets[rows]


train, validation = Rows("train"), None if "steps" in work else Rows("validation")
end_phase("data")


class Bag(nn.Module):
    """A dense layer on multi-hot rows."""

    def __init__(self, width, units):
        super().__init__()
        self.bag = nn.EmbeddingBag(width, units, mode="sum")
        self.bias = nn.Parameter(torch.zeros(units))
        nn.init.xavier_uniform_(self.bag.weight)

    def forward(self, rows):
        return self.bag(*rows) + self.bias


def initialized(made):
    nn.init.xavier_uniform_(made.weight)
    nn.init.zeros_(made.bias)
    return made


def network():
    *_, channels = about["inputShape"]
    images = len(about["inputShape"]) > 1
    side = about["inputShape"][0]
    built, width = [], None if images else channels
    for entry in [*work["layers"], {"dense": about["outputs"]}]:
        if entry == "max-pool2d":
            built.append(nn.MaxPool2d(2))
            side //= 2
        elif entry == "batch-normalization":
            built.append(nn.BatchNorm1d(width, eps=0.001, momentum=0.01))
        elif "conv2d" in entry:
            built.append(initialized(nn.Conv2d(channels, entry["conv2d"], 3, padding=entry["padding"])))
            channels = entry["conv2d"]
        else:
            if width is None:
                built.append(nn.Flatten())
                width = side * side * channels
            first_sparse = sparse and not built
            built.append(Bag(width, entry["dense"]) if first_sparse else initialized(nn.Linear(width, entry["dense"])))
            width = entry["dense"]
        if isinstance(entry, dict) and entry.get("activation") == "relu":
            built.append(nn.ReLU(inplace=True))
    return nn.Sequential(*built).to(memory_format=torch.channels_last)


model = network()
rate = work["optimizer"]["learningRate"]
if work["optimizer"]["name"] == "adam":
    optimizer = torch.optim.Adam(model.parameters(), rate, eps=1e-7, fused=True)
else:
    optimizer = torch.optim.RMSprop(model.parameters(), rate, alpha=0.9, eps=1e-7, foreach=True)
lossOf = functional.binary_cross_entropy_with_logits if binary else functional.cross_entropy
end_phase("model")


def right(logits, targets):
    return ((logits > 0) == (targets > 0.5)).sum() if binary else (logits.argmax(1) == targets).sum()


def run(rows, order, step):
    """Mean loss and accuracy over the rows, in the given order."""
    loss, correct = torch.zeros(()), torch.zeros((), dtype=torch.int64)
    for batch in order.split(work["batchSize"]):
        inputs, targets = rows.batch(batch)
        logits = model(inputs)
        value = lossOf(logits, targets)
        if step:
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
        loss += value.detach() * len(batch)
        correct += right(logits.detach(), targets)
    return loss.item() / rows.count, correct.item() / rows.count


epochs, loss = [], None
for _ in range(JOB["epochs"]):
    start = time.perf_counter()
    model.train()
    loss, _accuracy = run(train, torch.randperm(train.count), True)
    if validation:
        model.eval()
        with torch.inference_mode():
            loss, _accuracy = run(validation, torch.arange(validation.count), False)
    epochs.append(time.perf_counter() - start)
report(epochs, loss, {"torch": torch.__version__})
