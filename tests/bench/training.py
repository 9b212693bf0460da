"""Measures the training of a network with Keras, as measure_networks.ts does ours."""

import time
from statistics import median

import keras
import numpy as np
import tensorflow as tf

from clocks import between, moment, peak_memory, since
from networks import build, reads_means

PREDICTIONS = {"warm_up": 5, "counted": 30}


class Marks(keras.callbacks.Callback):
    """The moment at the end of each epoch, the look at the test set included."""

    def __init__(self):
        super().__init__()
        self.moments = []

    def on_epoch_end(self, epoch, logs=None):
        self.moments.append(moment())


def random_examples(shape, means):
    """Numbers uniform over [-1, 1); the labels go around."""
    n, coefficients = shape["train"] + shape["test"], shape["coefficients"]
    size = (n, coefficients, 1) if means else (n, shape["frames"], coefficients)
    x = np.random.default_rng(0).random(size, dtype=np.float32) * 2 - 1
    return x, np.arange(n) % shape["classes"]


def measure(job):
    import_seconds = since(job["spawned"])
    shape, warm_up = job["shape"], job["warmUp"]
    keras.utils.set_random_seed(0)

    start = time.perf_counter()
    model = build(job["model"], shape, job["learningRate"])
    build_seconds = time.perf_counter() - start

    x, labels = random_examples(shape, reads_means(job["model"]))
    order = np.arange(len(labels))
    train, test = order[: shape["train"]], order[shape["train"] :]
    data = [x[train], labels[train], x[test], labels[test]]  # copies beside x, as in a real run

    marks = Marks()
    start = moment()
    model.fit(
        data[0],
        data[1],
        batch_size=job["batchSize"],
        epochs=warm_up + job["epochs"],
        validation_data=(data[2], data[3]),
        validation_batch_size=job["testBatchSize"],
        callbacks=[marks],
        verbose=0,
    )
    moments = [start, *marks.moments]
    took = [between(a, b) for a, b in zip(moments, moments[1:])]
    first = took[0][0]
    values = {
        "epochSeconds": median(wall for wall, _ in took[warm_up:]),
        "epochCpuSeconds": median(cpu for _, cpu in took[warm_up:]),
        "firstEpochSeconds": first,
        "importSeconds": import_seconds,
        "startSeconds": import_seconds + build_seconds + first,
        "utteranceMs": prediction_ms(model, data[2]),
        **peak_memory(),
    }
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}
    return {"values": values, "same": {"parameters": model.count_params()}, "versions": versions}


def prediction_ms(model, x):
    """Milliseconds from one utterance to its probabilities, by Keras's fastest way."""
    times = []
    for _ in range(PREDICTIONS["warm_up"] + PREDICTIONS["counted"]):
        start = time.perf_counter()
        model.predict_on_batch(x[:1])
        times.append(1000 * (time.perf_counter() - start))
    return median(times[PREDICTIONS["warm_up"] :])
