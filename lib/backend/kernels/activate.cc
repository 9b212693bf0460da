// Activation and dropout of a training step in one pass over the data.
#include <algorithm>

#include "op.h"
#include "parallel.h"
#include "random.h"

namespace ser {
namespace {

constexpr int64_t kBlock = 64 * DropoutMask::kBlock;

// What (leaky) ReLU with this slope below zero, 1 for none, and dropout make of `values`, or of their
// gradient `dy`; `y` holds the factors of dropout before.
void activate(int64_t n, float slope, const float* __restrict x, float* __restrict y) {
  for (int64_t i = 0; i < n; i++) y[i] *= (x[i] > 0 ? x[i] : slope * x[i]) + 0.0f;  // no -0
}

void differentiate(int64_t n, float slope, const float* __restrict dy, const float* __restrict x,
                   float* __restrict dx) {
  for (int64_t i = 0; i < n; i++) dx[i] *= dy[i] * (x[i] > 0 ? 1 : slope);
}

// Inputs: the gradient of the output if that of x is wanted; x of any shape, seed and step [2].
// Output: like x.
template <bool Gradient>
class Activate : public Op {
 public:
  explicit Activate(const Attributes& attributes)
      : slope_(attributes.number("slope")), keep_(attributes.number("keep")) {}

  void compute(Call& call) override {
    const Shape shape = call.shape(Gradient);
    call.expect(0, "gradient", shape);
    call.expect(Gradient + 1, "seed and step", {2});
    const DropoutMask mask(keep_, call.integers(Gradient + 1));
    const float *dy = call.floats(0), *x = call.floats(Gradient);
    float* result = call.output(0, shape);
    const int64_t size = size_of(shape);
    parallel(static_cast<int>((size + kBlock - 1) / kBlock), [&](int block) {
      const int64_t first = block * kBlock, count = std::min(kBlock, size - first);
      mask.factors(first, count, result + first);
      if (Gradient) differentiate(count, slope_, dy + first, x + first, result + first);
      else activate(count, slope_, x + first, result + first);
    });
  }

 private:
  float slope_, keep_;
};

const Registration<Activate<false>> activate_op("SerActivate", {"x: float", "seed: int32"},
                                                {"y: float"}, {"slope: float", "keep: float"});
const Registration<Activate<true>> activate_grad_op("SerActivateGrad",
                                                    {"dy: float", "x: float", "seed: int32"},
                                                    {"dx: float"}, {"slope: float", "keep: float"});

}  // namespace
}  // namespace ser
