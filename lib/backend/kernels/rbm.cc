// An epoch of contrastive divergence (Hinton 2002) for a machine of ReLU units: lib/dbn/rbm.ts
// explains it and computes the same with TensorFlow's operations.
#include "dense.h"
#include "op.h"
#include "parallel.h"

namespace ser {
namespace {

// What is known of a batch: of visible and hidden units, in the data (0) and the reconstruction (1).
struct Batch {
  Batch(const Dense& layer, int64_t width)
      : v0(layer.inputs * width),
        v1(layer.inputs * width),
        h0(layer.units * width),
        h1(layer.units * width),
        fired(layer.units * width),
        rows0(width * layer.stride),
        rows1(width * layer.stride),
        gradient(layer.units * layer.stride),
        difference(width) {}

  Buffer v0, v1;        // [inputs][width]
  Buffer h0, h1;        // [units][width]; h1 is negative
  Buffer fired;         // [units][width], 0 or 1
  Buffer rows0, rows1;  // v0 and v1, one example after the other
  Buffer gradient;      // [units][stride]
  Buffer difference;    // [width]
};

// Inputs: data [n, visible], order [n], N times uniform [hidden, m], W [hidden, visible], b [visible],
// c [hidden]. From example n on, batches are filled with m - n examples of zeros.
// With one uniform the statistics are hidden values, with two they are samples.
// Outputs: W, b, c, the reconstruction error.
class RbmEpoch : public Op {
 public:
  explicit RbmEpoch(const Attributes& attributes)
      : uniforms_(attributes.integer("N")),
        batch_size_(attributes.integer("batch_size")),
        rate_(attributes.number("rate")) {}

  void compute(Call& call) override {
    const Shape data = call.shape(0), weights = call.shape(2 + uniforms_), first = call.shape(2);
    if (data.size() != 2 || weights.size() != 2) throw std::invalid_argument("expected matrices");
    const int64_t n = data[0], inputs = weights[1];
    const int64_t examples = first.size() == 2 ? first[1] : 0;
    call.expect(0, "data", {n, inputs});
    call.expect(3 + uniforms_, "b", {inputs});
    call.expect(4 + uniforms_, "c", {weights[0]});
    Dense layer(call, 2 + uniforms_, 4 + uniforms_, inputs);
    if (examples < n) throw std::invalid_argument("expected uniform numbers of all examples");
    for (int i = 0; i < uniforms_; i++) call.expect(2 + i, "uniform", {layer.units, examples});
    expect_below(call, 1, "order", n, n);
    Buffer b(inputs);
    copy(b.at(), call.floats(3 + uniforms_), inputs);
    Epoch epoch{n, examples, call.floats(0), call.integers(1), call.floats(2),
                uniforms_ > 1 ? call.floats(3) : nullptr};
    double error = 0;
    parallel(1, [&](int) { error = run(epoch, layer, b); });  // tiny numbers count as zero
    layer.write(call, 0, 2);
    copy(call.output(1, {inputs}), b.at(), inputs);
    *call.output(3, {}) = static_cast<float>(error / n);
  }

 private:
  struct Epoch {
    int64_t n, examples;
    const float* data;
    const int32_t* order;
    const float *first, *second;  // uniform numbers
  };

  double run(const Epoch& epoch, Dense& layer, Buffer& b) const {
    Batch batch(layer, width_of(std::min<int64_t>(batch_size_, epoch.examples)));
    for (int64_t start = 0; start < epoch.examples; start += batch_size_) {
      const int64_t count = std::min<int64_t>(batch_size_, epoch.examples - start);
      reconstruct(epoch, layer, b, start, count, batch);
      learn(layer, b, count, batch);
    }
    double error = 0;
    for (int64_t start = 0; start < epoch.n; start += batch_size_) {
      error += measure(epoch, layer, b, start, batch);
    }
    return error;
  }

  // From the data to the reconstruction and its hidden values.
  void reconstruct(const Epoch& epoch, const Dense& layer, const Buffer& b, int64_t start,
                   int64_t count, Batch& batch) const {
    const int64_t width = width_of(count), there = std::clamp<int64_t>(epoch.n - start, 0, count);
    gather(epoch.data, layer.inputs, epoch.order + start, there, width, batch.v0.at());
    upward(layer, batch.v0.at(), width, batch.h0.at());
    sample(epoch, epoch.first, layer.units, start, count, batch.h0.at(), batch.fired.at());
    downward(layer, batch.fired.at(), width, batch.v1.at());
    for (int64_t i = 0; i < layer.inputs; i++) {
      float* v = batch.v1.at(i * width);
      for (int64_t e = 0; e < width; e++) v[e] = e < count ? relu(v[e] + b.at()[i]) : 0;
    }
    upward(layer, batch.v1.at(), width, batch.h1.at());
    if (epoch.second) {
      copy(batch.h0.at(), batch.fired.at(), layer.units * width);
      sample(epoch, epoch.second, layer.units, start, count, batch.h1.at(), batch.h1.at());
    }
    for (int64_t u = 0; u < layer.units; u++) {
      float *h0 = batch.h0.at(u * width), *h1 = batch.h1.at(u * width);
      for (int64_t e = 0; e < width; e++) {
        h0[e] = e < count ? relu(h0[e]) : 0;
        h1[e] = e < count ? -relu(h1[e]) : 0;
      }
    }
  }

  // 1 with the probability relu(h), else 0; [units][width] of `count` examples.
  static void sample(const Epoch& epoch, const float* uniform, int64_t units, int64_t start,
                     int64_t count, const float* h, float* fired) {
    const int64_t width = width_of(count);
    for (int64_t u = 0; u < units; u++, h += width, fired += width) {
      const float* numbers = uniform + u * epoch.examples + start;
      for (int64_t e = 0; e < count; e++) fired[e] = numbers[e] < relu(h[e]) ? 1 : 0;
      std::fill(fired + count, fired + width, 0.0f);
    }
  }

  // Adds the correlations in the data, takes away those in the reconstruction, some examples at a time.
  void learn(Dense& layer, Buffer& b, int64_t count, Batch& batch) const {
    const int64_t width = width_of(count), stride = layer.stride, all = layer.units * stride;
    to_rows(batch.v0.at(), layer.inputs, width, count, batch.rows0.at(), stride);
    to_rows(batch.v1.at(), layer.inputs, width, count, batch.rows1.at(), stride);
    float *gradient = batch.gradient.at(), *w = layer.W.at(), *difference = batch.difference.at();
    clear(gradient, all);
    for (int64_t e = 0; e < count; e += kSide) {
      const int64_t depth = std::min(kSide, count - e), at = e * stride;
      multiply(layer.units, stride, depth, batch.h0.at(e), width, 1, batch.rows0.at(at), stride,
               gradient, stride);
      multiply(layer.units, stride, depth, batch.h1.at(e), width, 1, batch.rows1.at(at), stride,
               gradient, stride);
    }
    for (int64_t i = 0; i < all; i++) w[i] += gradient[i] * rate_;
    for (int64_t u = 0; u < layer.units; u++) {
      const float *h0 = batch.h0.at(u * width), *h1 = batch.h1.at(u * width);
      for (int64_t e = 0; e < width; e++) difference[e] = h0[e] + h1[e];
      layer.b.at()[u] += row_sum(difference, width) * rate_;
    }
    for (int64_t i = 0; i < layer.inputs; i++) {
      const float *v0 = batch.v0.at(i * width), *v1 = batch.v1.at(i * width);
      for (int64_t e = 0; e < width; e++) difference[e] = v0[e] - v1[e];
      b.at()[i] += row_sum(difference, width) * rate_;
    }
  }

  // The squared errors of the examples' repetitions, from `start` on, added up.
  double measure(const Epoch& epoch, const Dense& layer, const Buffer& b, int64_t start,
                 Batch& batch) const {
    const int64_t count = std::min<int64_t>(batch_size_, epoch.n - start), width = width_of(count);
    float *v = batch.v0.at(), *h = batch.h0.at(), *errors = batch.difference.at();
    std::vector<int32_t> order(count);
    for (int64_t e = 0; e < count; e++) order[e] = static_cast<int32_t>(start + e);
    gather(epoch.data, layer.inputs, order.data(), count, width, v);
    upward(layer, v, width, h);
    for (int64_t i = 0; i < layer.units * width; i++) h[i] = relu(h[i]);
    downward(layer, h, width, batch.v1.at());
    clear(errors, width);
    for (int64_t i = 0; i < layer.inputs; i++) {
      for (int64_t e = 0; e < width; e++) {
        const float off = relu(batch.v1.at(i * width)[e] + b.at()[i]) - v[i * width + e];
        errors[e] += off * off;
      }
    }
    double error = 0;
    for (int64_t e = 0; e < count; e++) error += errors[e];
    return error;
  }

  int uniforms_;
  int64_t batch_size_;
  float rate_;
};

const Registration<RbmEpoch> rbm_epoch_op(
    "SerRbmEpoch",
    {"data: float", "order: int32", "uniforms: N * float", "w: float", "b: float", "c: float"},
    {"new_w: float", "new_b: float", "new_c: float", "error: float"},
    {"N: int >= 1", "batch_size: int >= 1", "rate: float"});

}  // namespace
}  // namespace ser
