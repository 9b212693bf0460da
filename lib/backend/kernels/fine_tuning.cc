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

void check_examples(const Shape& x) {
  if (x.size() == 2 && x[0] > 0) return;
  throw std::invalid_argument("expected x [n > 0, features], received " + to_string(x));
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

// Inputs: x [n, features], N weights, N biases. Output: probabilities [n, classes].
// Hidden layers are multiplied by `factor` before.
class Forward : public Op {
 public:
  explicit Forward(const Attributes& attributes)
      : count_(attributes.integer("N")), factor_(attributes.number("factor")) {}

  void compute(Call& call) override {
    check_examples(call.shape(0));
    const int64_t n = call.shape(0)[0], features = call.shape(0)[1];
    const std::vector<Dense> layers = read_layers(call, 1, count_, features, factor_);
    const int64_t classes = layers.back().units;
    const float* x = call.floats(0);
    float* probabilities = call.output(0, {n, classes});
    std::vector<int32_t> order(n);
    for (int64_t i = 0; i < n; i++) order[i] = static_cast<int32_t>(i);
    parallel(static_cast<int>((n + kBlock - 1) / kBlock), [&](int block) {
      const int64_t first = block * kBlock, count = std::min(kBlock, n - first);
      Buffer values(features * kBlock);
      gather(x, features, &order[first], count, kBlock, values.at());
      for (int l = 0; l < count_; l++) {
        Buffer next(layers[l].units * kBlock);
        upward(layers[l], values.at(), kBlock, next.at());
        for (int64_t i = 0; l < count_ - 1 && i < layers[l].units * kBlock; i++) {
          next.at()[i] = relu(next.at()[i]);
        }
        values = std::move(next);
      }
      softmax(values.at(), classes, kBlock);
      to_rows(values.at(), classes, kBlock, count, probabilities + first * classes, classes);
    });
  }

 private:
  static constexpr int64_t kBlock = 4 * kSide;  // examples of a task
  int count_;
  float factor_;
};

// A layer during training.
struct Pass {
  Pass(const Dense& layer, int64_t width)
      : inputs(layer.inputs * width),
        rows(width * layer.stride),
        deltas(layer.units * width),
        gradient(layer.units * layer.stride) {}

  Buffer inputs;    // after dropout, [inputs][width]
  Buffer rows;      // the same, one example after the other
  Buffer deltas;    // the sums, then their gradients times the step size, [units][width]
  Buffer gradient;  // [units][stride]
};

// Inputs: x [n, features], labels [n], order [n], N times uniform [inputs of a layer, n], N weights, N
// biases. Outputs: probabilities under dropout [n, classes] in the epoch's order, N weights, N biases.
class FineTuningEpoch : public Op {
 public:
  explicit FineTuningEpoch(const Attributes& attributes)
      : count_(attributes.integer("N")),
        batch_size_(attributes.integer("batch_size")),
        keep_(attributes.number("keep")),
        kept_(attributes.number("kept")),
        rate_(attributes.number("rate")),
        full_(attributes.integer("full") != 0),
        decay_(attributes.number("decay")) {}

  void compute(Call& call) override {
    check_examples(call.shape(0));
    const int64_t n = call.shape(0)[0], features = call.shape(0)[1];
    std::vector<Dense> layers = read_layers(call, 3 + count_, count_, features, 1);
    const int64_t classes = layers.back().units;
    expect_below(call, 1, "labels", n, classes);
    expect_below(call, 2, "order", n, n);
    Epoch epoch{n, call.floats(0), call.integers(1), call.integers(2), {}, nullptr};
    for (int l = 0; l < count_; l++) {
      call.expect(3 + l, "uniform", {layers[l].inputs, n});
      epoch.uniforms.push_back(call.floats(3 + l));
    }
    epoch.probabilities = call.output(0, {n, classes});
    parallel(1, [&](int) { run(epoch, layers); });  // tiny numbers count as zero
    for (int l = 0; l < count_; l++) layers[l].write(call, 1 + l, 1 + count_ + l);
  }

 private:
  struct Epoch {
    int64_t n;
    const float* x;
    const int32_t *labels, *order;
    std::vector<const float*> uniforms;
    float* probabilities;
  };

  void run(const Epoch& epoch, std::vector<Dense>& layers) const {
    std::vector<Pass> passes;
    for (const Dense& layer : layers) {
      passes.emplace_back(layer, width_of(std::min(batch_size_, epoch.n)));
    }
    for (int64_t start = 0; start < epoch.n; start += batch_size_) {
      const int64_t count = std::min(batch_size_, epoch.n - start);
      forward(epoch, layers, start, count, passes);
      differentiate(epoch, layers.back().units, start, count, passes.back().deltas.at());
      for (int l = count_ - 1; l >= 0; l--) {
        if (l > 0) backward(layers[l], count, passes[l], passes[l - 1].deltas.at());
        learn(layers[l], count, passes[l]);
      }
    }
  }

  // Leaves the sums of the softmax layer in its deltas.
  void forward(const Epoch& epoch, const std::vector<Dense>& layers, int64_t start, int64_t count,
               std::vector<Pass>& passes) const {
    const int64_t width = width_of(count);
    gather(epoch.x, layers[0].inputs, epoch.order + start, count, width, passes[0].inputs.at());
    for (int l = 0; l < count_; l++) {
      float* x = passes[l].inputs.at();
      for (int64_t i = 0; i < layers[l].inputs; i++) {
        const float* uniform = epoch.uniforms[l] + i * epoch.n + start;
        float* row = x + i * width;
        if (l > 0) std::transform(row, row + count, row, relu);
        for (int64_t e = 0; e < count; e++) row[e] *= uniform[e] < keep_ ? kept_ : 0;
        std::fill(row + count, row + width, 0.0f);
      }
      upward(layers[l], x, width, (l + 1 < count_ ? passes[l + 1].inputs : passes[l].deltas).at());
    }
  }

  // From the sums of the softmax layer to the probabilities, and to their gradients in place.
  void differentiate(const Epoch& epoch, int64_t classes, int64_t start, int64_t count,
                     float* z) const {
    const int64_t width = width_of(count);
    const float step = rate_ / (full_ ? batch_size_ : count);
    softmax(z, classes, width);
    to_rows(z, classes, width, count, epoch.probabilities + start * classes, classes);
    for (int64_t e = 0; e < count; e++) z[epoch.labels[epoch.order[start + e]] * width + e] -= 1;
    for (int64_t c = 0; c < classes; c++) {
      for (int64_t e = 0; e < width; e++) z[c * width + e] *= e < count ? step : 0;
    }
  }

  // The gradients of the sums of the layer below.
  void backward(const Dense& layer, int64_t count, const Pass& pass, float* below) const {
    const int64_t width = width_of(count);
    downward(layer, pass.deltas.at(), width, below);
    const float *inputs = pass.inputs.at(), kept = kept_;  // one that is not zero was active and kept
    for (int64_t i = 0; i < layer.inputs * width; i++) below[i] *= inputs[i] == 0 ? 0 : kept;
  }

  void learn(Dense& layer, int64_t count, Pass& pass) const {
    const int64_t width = width_of(count), stride = layer.stride, all = layer.units * stride;
    float *gradient = pass.gradient.at(), *w = layer.W.at();
    to_rows(pass.inputs.at(), layer.inputs, width, count, pass.rows.at(), stride);
    clear(gradient, all);
    multiply(layer.units, stride, count, pass.deltas.at(), width, 1, pass.rows.at(), stride,
             gradient, stride);
    for (int64_t i = 0; i < all; i++) w[i] = w[i] * decay_ - gradient[i];
    for (int64_t u = 0; u < layer.units; u++) {
      layer.b.at()[u] -= row_sum(pass.deltas.at(u * width), width);
    }
  }

  int count_;
  int64_t batch_size_;
  float keep_, kept_, rate_;
  bool full_;
  float decay_;
};

const Registration<Forward> forward_op("SerForward", {"x: float", "w: N * float", "b: N * float"},
                                    {"probabilities: float"}, {"N: int >= 1", "factor: float"});
const Registration<FineTuningEpoch> fine_tuning_epoch_op(
    "SerFineTuningEpoch",
    {"x: float", "labels: int32", "order: int32", "uniforms: N * float", "w: N * float",
     "b: N * float"},
    {"probabilities: float", "new_w: N * float", "new_b: N * float"},
    {"N: int >= 1", "batch_size: int >= 1", "keep: float", "kept: float", "rate: float",
     "full: int", "decay: float"});

}  // namespace
}  // namespace ser
