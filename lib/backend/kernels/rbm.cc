// An epoch of contrastive divergence (Hinton 2002) for a machine of ReLU units: lib/dbn/rbm.ts
// explains it and computes the same with TensorFlow's operations.
#include <numeric>
#include <utility>

#include "dense.h"
#include "op.h"
#include "parallel.h"

namespace ser {
namespace {

// What an epoch reads, and what is known of a batch: of visible and hidden units, in the data (0) and
// the reconstruction (1).
struct Epoch {
  int64_t n, examples, batch_size;
  float rate;
  const float* data;
  const int32_t* order;
  const float *first, *second;  // uniform numbers
  Dense layer;
  Buffer b;

  int64_t most = width_of(std::min(batch_size, examples));
  Buffer v0{layer.inputs * most}, v1{layer.inputs * most};  // [inputs][width]
  Buffer h0{layer.units * most}, h1{layer.units * most};    // [units][width]; h1 is negative
  Buffer fired{layer.units * most};                         // [units][width], 0 or 1
  Buffer rows0{most * layer.stride}, rows1{most * layer.stride};  // v0 and v1 by examples
  Buffer gradient{layer.units * layer.stride}, difference{most};

  // Returns the reconstruction error, added up over all examples.
  double run() {
    for (int64_t start = 0; start < examples; start += batch_size) {
      const int64_t count = std::min(batch_size, examples - start);
      reconstruct(start, count, width_of(count));
      learn(count, width_of(count));
    }
    double error = 0;
    for (int64_t start = 0; start < n; start += batch_size) {
      const int64_t count = std::min(batch_size, n - start);
      error += measure(start, count, width_of(count));
    }
    return error;
  }

  // From the data to the reconstruction and its hidden values.
  void reconstruct(int64_t start, int64_t count, int64_t width) {
    const int64_t there = std::clamp<int64_t>(n - start, 0, count);
    gather(data, layer.inputs, order + start, there, width, v0.at());
    upward(layer, v0.at(), width, h0.at());
    sample(first + start, count, width, h0.at(), fired.at());
    downward(layer, fired.at(), width, v1.at());
    for (int64_t i = 0; i < layer.inputs; i++) {
      float* v = v1.at(i * width);
      for (int64_t e = 0; e < width; e++) v[e] = e < count ? relu(v[e] + b.at()[i]) : 0;
    }
    upward(layer, v1.at(), width, h1.at());
    if (second) {
      copy(h0.at(), fired.at(), layer.units * width);
      sample(second + start, count, width, h1.at(), h1.at());
    }
    for (int64_t u = 0; u < layer.units; u++) {
      float *positive = h0.at(u * width), *negative = h1.at(u * width);
      for (int64_t e = 0; e < width; e++) {
        positive[e] = e < count ? relu(positive[e]) : 0;
        negative[e] = e < count ? -relu(negative[e]) : 0;
      }
    }
  }

  // 1 with the probability relu(h), else 0; [units][width] of `count` examples.
  void sample(const float* uniform, int64_t count, int64_t width, const float* h, float* to) const {
    for (int64_t u = 0; u < layer.units; u++, h += width, to += width, uniform += examples) {
      for (int64_t e = 0; e < count; e++) to[e] = uniform[e] < relu(h[e]) ? 1 : 0;
      std::fill(to + count, to + width, 0.0f);
    }
  }

  // Adds the correlations in the data, takes away those in the reconstruction, some examples at a time.
  void learn(int64_t count, int64_t width) {
    const int64_t stride = layer.stride, all = layer.units * stride;
    to_rows(v0.at(), layer.inputs, width, count, rows0.at(), stride);
    to_rows(v1.at(), layer.inputs, width, count, rows1.at(), stride);
    clear(gradient.at(), all);
    for (int64_t e = 0; e < count; e += kSide) {
      for (const auto& [h, rows] : {std::pair(&h0, &rows0), std::pair(&h1, &rows1)}) {
        multiply(layer.units, stride, std::min(kSide, count - e), h->at(e), width, 1,
                 rows->at(e * stride), stride, gradient.at(), stride);
      }
    }
    float *w = layer.W.at(), *g = gradient.at();
    for (int64_t i = 0; i < all; i++) w[i] += g[i] * rate;
    move(layer.b, layer.units, h0.at(), h1.at(), 1, width);
    move(b, layer.inputs, v0.at(), v1.at(), -1, width);
  }

  // Adds the sums over the examples of x + sign * y, [n][width], times the rate.
  void move(Buffer& biases, int64_t n, const float* x, const float* y, float sign, int64_t width) {
    for (int64_t i = 0; i < n; i++, x += width, y += width) {
      for (int64_t e = 0; e < width; e++) difference.at()[e] = x[e] + sign * y[e];
      biases.at()[i] += row_sum(difference.at(), width) * rate;
    }
  }

  // The squared errors of the examples' repetitions, from `start` on, added up.
  double measure(int64_t start, int64_t count, int64_t width) {
    float *v = v0.at(), *h = h0.at(), *errors = difference.at();
    gather(data + start * layer.inputs, layer.inputs, nullptr, count, width, v);
    upward(layer, v, width, h);
    for (int64_t i = 0; i < layer.units * width; i++) h[i] = relu(h[i]);
    downward(layer, h, width, v1.at());
    clear(errors, width);
    for (int64_t i = 0; i < layer.inputs; i++) {
      for (int64_t e = 0; e < width; e++) {
        const float off = relu(v1.at(i * width)[e] + b.at()[i]) - v[i * width + e];
        errors[e] += off * off;
      }
    }
    return std::accumulate(errors, errors + count, 0.0);
  }
};

// Inputs: data [n, visible], order [n], N times uniform [hidden, m], W [hidden, visible], b [visible],
// c [hidden]. From example n on, batches are filled with m - n examples of zeros.
// With one uniform the statistics are hidden values, with two they are samples.
// Outputs: W, b, c, the reconstruction error.
void rbm_epoch(Call& call) {
  const int uniforms = call.integer("N");
  const Shape data = call.shape(0), weights = call.shape(2 + uniforms), first = call.shape(2);
  if (data.size() != 2 || weights.size() != 2) throw std::invalid_argument("expected matrices");
  const int64_t n = data[0], inputs = weights[1];
  const int64_t examples = first.size() == 2 ? first[1] : 0;
  call.expect(0, "data", {n, inputs});
  const float* b = call.floats(3 + uniforms, "b", {inputs});
  call.expect(4 + uniforms, "c", {weights[0]});
  if (examples < n) throw std::invalid_argument("expected uniform numbers of all examples");
  for (int i = 0; i < uniforms; i++) call.expect(2 + i, "uniform", {weights[0], examples});
  Epoch epoch{n, examples, call.integer("batch_size"), call.number("rate"), call.floats(0),
              numbers_below(call, 1, "order", n, n), call.floats(2),
              uniforms > 1 ? call.floats(3) : nullptr,
              Dense(call, 2 + uniforms, 4 + uniforms, inputs), Buffer(inputs)};
  copy(epoch.b.at(), b, inputs);
  double error = 0;
  parallel(1, [&](int64_t) { error = epoch.run(); });  // tiny numbers count as zero
  epoch.layer.write(call, 0, 2);
  copy(call.output(1, {inputs}), epoch.b.at(), inputs);
  *call.output(3, {}) = static_cast<float>(error / n);
}

const Registration<rbm_epoch> op(
    "SerRbmEpoch",
    {"data: float", "order: int32", "uniforms: N * float", "w: float", "b: float", "c: float"},
    {"new_w: float", "new_b: float", "new_c: float", "error: float"},
    {"N: int >= 1", "batch_size: int >= 1", "rate: float"});

}  // namespace
}  // namespace ser
