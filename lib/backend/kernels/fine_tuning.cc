// The network of ReLU layers and a softmax that a deep belief network becomes: its answer, and an epoch
// of back-propagation under dropout. lib/dbn/network.ts and fine_tuning.ts explain them and compute the
// same with TensorFlow's operations.
#include <cmath>

#include "dense.h"
#include "op.h"
#include "parallel.h"

namespace ser {
namespace {

// Reads `count` layers: weights from input `first` on, then biases.
std::vector<Dense> read_layers(Call& call, int first, int count, int64_t features, float factor) {
  std::vector<Dense> layers;
  for (int l = 0; l < count; l++) {
    layers.emplace_back(call, first + l, first + count + l, l ? layers.back().units : features,
                        l < count - 1 ? factor : 1);
  }
  return layers;
}

// x [n > 0, features].
Shape examples_of(const Call& call) {
  const Shape x = call.shape(0);
  if (x.size() != 2 || x[0] < 1) refuse("x [n > 0, features]", x);
  return x;
}

// The softmax of each column of z [classes][width], in place.
void softmax(float* z, int64_t classes, int64_t width) {
  for (int64_t e = 0; e < width; e++) {
    float most = z[e], total = 0;
    for (int64_t c = 1; c < classes; c++) most = std::max(z[c * width + e], most);
    for (int64_t c = 0; c < classes; c++) {
      z[c * width + e] = std::exp(z[c * width + e] - most);
      total += z[c * width + e];
    }
    for (int64_t c = 0; c < classes; c++) z[c * width + e] /= total;
  }
}

constexpr int64_t kBlock = 4 * kSide;  // examples of a task

// Inputs: x [n, features], N weights, N biases. Output: probabilities [n, classes].
// Hidden layers are multiplied by `factor` before.
void forward(Call& call) {
  const Shape shape = examples_of(call);
  const int64_t n = shape[0], features = shape[1];
  const auto layers = read_layers(call, 1, call.integer("N"), features, call.number("factor"));
  const int64_t classes = layers.back().units;
  const float* x = call.floats(0);
  float* probabilities = call.output(0, {n, classes});
  parallel_parts(n, kBlock, [&](int64_t first, int64_t count) {
    Buffer values(features * kBlock);
    gather(x + first * features, features, nullptr, count, kBlock, values.at());
    for (const Dense& layer : layers) {
      Buffer next(layer.units * kBlock);
      upward(layer, values.at(), kBlock, next.at());
      if (&layer != &layers.back()) {
        std::transform(next.at(), next.at(layer.units * kBlock), next.at(), relu);
      }
      values = std::move(next);
    }
    softmax(values.at(), classes, kBlock);
    to_rows(values.at(), classes, kBlock, count, probabilities + first * classes, classes);
  });
}

// A layer during training.
struct Pass {
  Dense layer;
  const float* uniform;  // [inputs][n]
  int64_t most;
  Buffer inputs{layer.inputs * most};           // after dropout, [inputs][width]
  Buffer rows{most * layer.stride};             // the same, one example after the other
  Buffer deltas{layer.units * most};            // the sums, then their gradients times the step size
  Buffer gradient{layer.units * layer.stride};  // [units][stride]
};

struct Epoch {
  int64_t n, batch_size, classes;
  float keep, kept, rate, decay;
  bool full;
  const float* x;
  const int32_t *labels, *order;
  float* probabilities;
  std::vector<Pass> passes;

  void run() {
    for (int64_t start = 0; start < n; start += batch_size) {
      const int64_t count = std::min(batch_size, n - start), width = width_of(count);
      forward(start, count, width);
      differentiate(start, count, width, passes.back().deltas.at());
      for (size_t l = passes.size(); l-- > 0;) {
        if (l > 0) backward(passes[l], width, passes[l - 1].deltas.at());
        learn(passes[l], count, width);
      }
    }
  }

  // Leaves the sums of the softmax layer in its deltas.
  void forward(int64_t start, int64_t count, int64_t width) {
    gather(x, passes[0].layer.inputs, order + start, count, width, passes[0].inputs.at());
    for (size_t l = 0; l < passes.size(); l++) {
      Pass& pass = passes[l];
      for (int64_t i = 0; i < pass.layer.inputs; i++) {
        const float* uniform = pass.uniform + i * n + start;
        float* row = pass.inputs.at(i * width);
        if (l > 0) std::transform(row, row + count, row, relu);
        for (int64_t e = 0; e < count; e++) row[e] *= uniform[e] < keep ? kept : 0;
        std::fill(row + count, row + width, 0.0f);
      }
      Buffer& sums = l + 1 < passes.size() ? passes[l + 1].inputs : pass.deltas;
      upward(pass.layer, pass.inputs.at(), width, sums.at());
    }
  }

  // From the sums of the softmax layer to the probabilities, and to their gradients in place.
  void differentiate(int64_t start, int64_t count, int64_t width, float* z) const {
    const float step = rate / (full ? batch_size : count);
    softmax(z, classes, width);
    to_rows(z, classes, width, count, probabilities + start * classes, classes);
    for (int64_t e = 0; e < count; e++) z[labels[order[start + e]] * width + e] -= 1;
    for (int64_t c = 0; c < classes; c++) {
      for (int64_t e = 0; e < width; e++) z[c * width + e] *= e < count ? step : 0;
    }
  }

  // The gradients of the sums of the layer below; an input that is not zero was active and kept.
  void backward(const Pass& pass, int64_t width, float* below) const {
    downward(pass.layer, pass.deltas.at(), width, below);
    const float *inputs = pass.inputs.at(), kept = this->kept;
    for (int64_t i = 0; i < pass.layer.inputs * width; i++) below[i] *= inputs[i] == 0 ? 0 : kept;
  }

  void learn(Pass& pass, int64_t count, int64_t width) const {
    Dense& layer = pass.layer;
    const int64_t stride = layer.stride, all = layer.units * stride;
    float *gradient = pass.gradient.at(), *w = layer.W.at();
    to_rows(pass.inputs.at(), layer.inputs, width, count, pass.rows.at(), stride);
    clear(gradient, all);
    multiply(layer.units, stride, count, pass.deltas.at(), width, 1, pass.rows.at(), stride,
             gradient, stride);
    for (int64_t i = 0; i < all; i++) w[i] = w[i] * decay - gradient[i];
    for (int64_t u = 0; u < layer.units; u++) {
      layer.b.at()[u] -= row_sum(pass.deltas.at(u * width), width);
    }
  }
};

// Inputs: x [n, features], labels [n], order [n], N times uniform [inputs of a layer, n], N weights, N
// biases. Outputs: probabilities under dropout [n, classes] in the epoch's order, N weights, N biases.
void fine_tuning_epoch(Call& call) {
  const Shape x = examples_of(call);
  const int64_t n = x[0], batch_size = call.integer("batch_size");
  const int count = call.integer("N");
  std::vector<Dense> layers = read_layers(call, 3 + count, count, x[1], 1);
  const int64_t classes = layers.back().units;
  Epoch epoch{n, batch_size, classes, call.number("keep"), call.number("kept"),
              call.number("rate"), call.number("decay"), call.integer("full") != 0,
              call.floats(0), numbers_below(call, 1, "labels", n, classes),
              numbers_below(call, 2, "order", n, n), call.output(0, {n, classes}), {}};
  for (int l = 0; l < count; l++) {
    const float* uniform = call.floats(3 + l, "uniform", {layers[l].inputs, n});
    epoch.passes.push_back({std::move(layers[l]), uniform, width_of(std::min(batch_size, n))});
  }
  parallel(1, [&](int64_t) { epoch.run(); });  // tiny numbers count as zero
  for (int l = 0; l < count; l++) epoch.passes[l].layer.write(call, 1 + l, 1 + count + l);
}

const Registration<forward> forward_op("SerForward", {"x: float", "w: N * float", "b: N * float"},
                                       {"probabilities: float"}, {"N: int >= 1", "factor: float"});
const Registration<fine_tuning_epoch> fine_tuning_epoch_op(
    "SerFineTuningEpoch",
    {"x: float", "labels: int32", "order: int32", "uniforms: N * float", "w: N * float",
     "b: N * float"},
    {"probabilities: float", "new_w: N * float", "new_b: N * float"},
    {"N: int >= 1", "batch_size: int >= 1", "keep: float", "kept: float", "rate: float",
     "full: int", "decay: float"});

}  // namespace
}  // namespace ser
