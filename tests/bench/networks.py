"""The five networks of the paper (sections 3.2 to 3.6) in Keras, as lib/models has them."""

import keras
from keras import layers, ops

CONVOLUTIONS = [(64, 9), (64, 7), (32, 5), (32, 5), (16, 3)]  # filters, kernel size


class Attention(layers.Layer):
    """Luong's "general" attention with the last frame as the query; no biases."""

    def __init__(self, units=128, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, shape):
        features = shape[-1]
        self.score = self.add_weight(shape=(features, features), name="score")
        self.out = self.add_weight(shape=(2 * features, self.units), name="out")

    def call(self, frames):  # [batch, time, features]
        last = frames[:, -1, :]
        alpha = ops.softmax(ops.einsum("btf,bf->bt", ops.matmul(frames, self.score), last))
        context = ops.einsum("bt,btf->bf", alpha, frames)
        return ops.tanh(ops.matmul(ops.concatenate([context, last], -1), self.out))


def sdnn(x):
    for units in (128, 64):
        x = layers.Dropout(0.1)(layers.Dense(units, activation="relu")(x))
    return layers.Flatten()(x)


def lstm(x):
    x = layers.LSTM(100, return_sequences=True)(x)
    return layers.Dropout(0.5)(layers.LSTM(50)(x))


def lstm_attention(x):
    for units in (100, 50):
        x = layers.LSTM(units, return_sequences=True)(x)
    return layers.Dropout(0.5)(Attention()(x))


def convolutions(x, dropout_layers):
    for n, (filters, kernel) in enumerate(CONVOLUTIONS, 1):
        x = layers.BatchNormalization()(layers.Conv1D(filters, kernel)(x))
        x = layers.ReLU()(x)
        if n <= dropout_layers:
            x = layers.Dropout(0.5)(x)
    return x


def cnn(x):
    return layers.Flatten()(convolutions(x, 4))


def cnn_attention(x):
    return Attention()(convolutions(x, 3))


NETWORKS = {
    "sdnn": sdnn,
    "lstm": lstm,
    "lstm-attention": lstm_attention,
    "cnn": cnn,
    "cnn-attention": cnn_attention,
}


def reads_means(name):
    """Whether a network reads the average over time, as [coefficients, 1], and not all frames."""
    return name == "sdnn"


def build(name, shape, learning_rate):
    """The network, ready for `fit`; `jit_compile="auto"` means off on a CPU."""
    size = (40, 1) if reads_means(name) else (shape["frames"], shape["coefficients"])
    x = keras.Input(size)
    emotion = layers.Dense(shape["classes"], activation="softmax")(NETWORKS[name](x))
    model = keras.Model(x, emotion)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile="auto",
    )
    return model
