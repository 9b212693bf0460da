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
void activation(Call& call) {
  const float slope = call.number("slope");
  const Shape shape = call.shape(Gradient);
  const float *dy = call.floats(0, "gradient", shape), *x = call.floats(Gradient);
  const DropoutMask mask(call.number("keep"), call.integers(Gradient + 1, "seed and step", {2}));
  float* result = call.output(0, shape);
  parallel_parts(size_of(shape), kBlock, [&](int64_t first, int64_t count) {
    mask.factors(first, count, result + first);
    if (Gradient) differentiate(count, slope, dy + first, x + first, result + first);
    else activate(count, slope, x + first, result + first);
  });
}

const Registration<activation<false>> forward_op("SerActivate", {"x: float", "seed: int32"},
                                                 {"y: float"}, {"slope: float", "keep: float"});
const Registration<activation<true>> backward_op("SerActivateGrad",
                                                 {"dy: float", "x: float", "seed: int32"},
                                                 {"dx: float"}, {"slope: float", "keep: float"});

}  // namespace
}  // namespace ser
