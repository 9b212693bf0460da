"""The deep belief network of the package that the paper used (its NumPy class), in NumPy.

The package loops over examples; this computes whole batches with the same update rules, which is
more than ten times as fast. Measured as measure_networks.ts does ours.
"""

import numpy as np
import scipy
from scipy.stats import truncnorm

from clocks import between, moment, peak_memory

HIDDEN = (128, 128, 128)
RBM_RATE, RATE = 0.005, 0.05
DROPOUT, DECAY = 0.2, 1.0


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


class RBM:
    """A restricted Boltzmann machine with ReLU units."""

    def __init__(self, visible, hidden, random):
        scale = np.sqrt(visible)
        self.W = truncnorm.rvs(-0.2, 0.2, size=(hidden, visible), random_state=random) / scale
        self.b, self.c = np.full(visible, 0.1) / scale, np.full(hidden, 0.1) / scale

    def hidden(self, v):
        return relu(v @ self.W.T + self.c)

    def visible(self, h):
        return relu(h @ self.W + self.b)

    def epoch(self, x, batch, random):
        """One pass of contrastive divergence (CD-1); gives the reconstruction error."""
        shuffled = x[random.permutation(len(x))]
        rate = RBM_RATE / batch
        for start in range(0, len(x), batch):
            v0 = shuffled[start : start + batch]
            h0 = self.hidden(v0)
            v1 = self.visible((random.random(h0.shape) < h0).astype(float))
            h1 = self.hidden(v1)
            self.W += rate * (h0.T @ v0 - h1.T @ v1)
            self.b += rate * (v0 - v1).sum(0)
            self.c += rate * (h0 - h1).sum(0)
        return float(((self.visible(self.hidden(x)) - x) ** 2).sum(1).mean())


class FineTuning:
    """Back-propagation through the machines' layers and a softmax, under dropout."""

    def __init__(self, rbms, classes, random):
        self.random, self.keep = random, 1 - DROPOUT
        inputs = rbms[-1].W.shape[0]
        output = random.standard_normal((classes, inputs + 1)) / np.sqrt(inputs)
        self.W = [rbm.W / self.keep for rbm in rbms] + [output[:, 1:].copy()]
        self.b = [rbm.c / self.keep for rbm in rbms] + [output[:, 0].copy()]

    def epoch(self, x, labels, batch):
        """One pass; gives the mean loss under dropout."""
        order, loss = self.random.permutation(len(x)), 0.0
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            loss += self.step(x[rows], labels[rows], RATE / batch, 1 - RATE * DECAY / len(x))
        return loss / len(x)

    def step(self, x, labels, rate, decay):
        inputs = [self.drop(x)]  # of each layer
        for W, b in zip(self.W[:-1], self.b[:-1]):
            inputs.append(self.drop(relu(inputs[-1] @ W.T + b)))
        p = softmax(inputs[-1] @ self.W[-1].T + self.b[-1])
        rows = np.arange(len(x))
        loss = -np.log(np.maximum(p[rows, labels], 1e-300)).sum()
        p[rows, labels] -= 1  # the gradient at the softmax's input
        delta = p * rate
        for layer in range(len(self.W) - 1, -1, -1):
            gradient = delta.T @ inputs[layer], delta.sum(0)
            if layer > 0:
                delta = delta @ self.W[layer] * (inputs[layer] > 0)
            self.W[layer] = decay * self.W[layer] - gradient[0]
            self.b[layer] = self.b[layer] - gradient[1]
        return loss

    def drop(self, x):
        return x * (self.random.random(x.shape) < self.keep)

    def probabilities(self, x):
        """Without dropout."""
        for W, b in zip(self.W[:-1], self.b[:-1]):
            x = relu(x @ W.T * self.keep + b * self.keep)
        return softmax(x @ self.W[-1].T + self.b[-1])

    def scores(self, x, labels):
        """Loss and accuracy without dropout."""
        p = self.probabilities(x)
        loss = -np.log(np.maximum(p[np.arange(len(x)), labels], 1e-300)).mean()
        return loss, (p.argmax(1) == labels).mean()


def random_examples(shape):
    """Training and test examples, each feature in [0, 1] by the training examples."""
    n, train = shape["train"] + shape["test"], shape["train"]
    x = np.random.default_rng(0).random((n, shape["coefficients"]))
    low, high = x[:train].min(0), x[:train].max(0)
    x, labels = (x - low) / (high - low), np.arange(n) % shape["classes"]
    return (x[:train], labels[:train]), (x[train:], labels[train:])


def measure(job):
    shape, batch = job["shape"], job["batchSize"]
    (x, labels), test = random_examples(shape)
    random = np.random.default_rng(0)

    start = moment()
    rbms, values = [], x
    for hidden in HIDDEN:
        rbm = RBM(values.shape[1], hidden, random)
        for _ in range(job["pretrainingEpochs"]):
            rbm.epoch(values, batch, random)
        values = rbm.hidden(values)
        rbms.append(rbm)
    pretrained = moment()
    network = FineTuning(rbms, shape["classes"], random)
    for _ in range(job["epochs"]):
        loss = network.epoch(x, labels, batch)
        network.scores(x, labels)
        network.scores(*test)
    end = moment()

    if not np.isfinite(loss):
        raise FloatingPointError(f"Cannot train the DBN: expected a finite loss, received {loss}")
    wall, cpu = between(start, end)
    return {
        "values": {
            "runSeconds": wall,
            "runCpuSeconds": cpu,
            "pretrainingSeconds": between(start, pretrained)[0],
            "fineTuningSeconds": between(pretrained, end)[0],
            **peak_memory(),
        },
        "same": {"parameters": sum(W.size + b.size for W, b in zip(network.W, network.b))},
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    }
