// Activation and dropout of a training step in one pass over the data.
#include <algorithm>

#include "dropout_mask.h"
#include "op.h"
#include "parallel.h"

namespace ser {
namespace {

constexpr int64_t kBlock = 64 * DropoutMask::kBlock;

int64_t size_of(const Shape& shape) {
  int64_t size = 1;
  for (int64_t n : shape) size *= n;
  return size;
}

// What (leaky) ReLU with this slope below zero, 1 for none, and dropout make of `values`, or of their
// gradient `dy`; `y` holds the factors of dropout before.
void activate(int64_t n, float slope, const float* __restrict x, float* __restrict y) {
  for (int64_t i = 0; i < n; i++) y[i] *= (x[i] > 0 ? x[i] : slope * x[i]) + 0.0f;  // no -0
}

void differentiate(int64_t n, float slope, const float* __restrict dy, const float* __restrict x,
                   float* __restrict dx) {
  for (int64_t i = 0; i < n; i++) dx[i] *= dy[i] * (x[i] > 0 ? 1 : slope);
}

// Inputs: x of any shape, seed and step [2]. Output: like x.
class Activate : public Op {
 public:
  explicit Activate(const Attributes& attributes)
      : slope_(attributes.number("slope")), keep_(attributes.number("keep")) {}

  void compute(Call& call) override {
    const Shape shape = call.shape(0);
    call.expect(1, "seed and step", {2});
    const DropoutMask mask(keep_, call.integers(1));
    const float* x = call.floats(0);
    float* y = call.output(0, shape);
    const int64_t size = size_of(shape);
    parallel(static_cast<int>((size + kBlock - 1) / kBlock), [&](int block) {
      const int64_t first = block * kBlock, count = std::min(kBlock, size - first);
      mask.factors(first, count, y + first);
      activate(count, slope_, x + first, y + first);
    });
  }

 private:
  float slope_, keep_;
};

// Inputs: gradient of the output, x, seed and step. Output: gradient of x.
class ActivateGrad : public Op {
 public:
  explicit ActivateGrad(const Attributes& attributes)
      : slope_(attributes.number("slope")), keep_(attributes.number("keep")) {}

  void compute(Call& call) override {
    const Shape shape = call.shape(1);
    call.expect(0, "gradient", shape);
    call.expect(2, "seed and step", {2});
    const DropoutMask mask(keep_, call.integers(2));
    const float *dy = call.floats(0), *x = call.floats(1);
    float* dx = call.output(0, shape);
    const int64_t size = size_of(shape);
    parallel(static_cast<int>((size + kBlock - 1) / kBlock), [&](int block) {
      const int64_t first = block * kBlock, count = std::min(kBlock, size - first);
      mask.factors(first, count, dx + first);
      differentiate(count, slope_, dy + first, x + first, dx + first);
    });
  }

 private:
  float slope_, keep_;
};

const Registration<Activate> activate_op("SerActivate", {"x: float", "seed: int32"}, {"y: float"},
                                        {"slope: float", "keep: float"});
const Registration<ActivateGrad> activate_grad_op("SerActivateGrad",
                                                  {"dy: float", "x: float", "seed: int32"},
                                                  {"dx: float"}, {"slope: float", "keep: float"});

}  // namespace
}  // namespace ser
