// One step of Adam (Kingma & Ba 2015, section 2) over all parameters of a model.
#include <cmath>

#include "op.h"

namespace ser {
namespace {

struct Step {
  float alpha, new1, new2, epsilon;
};

void update(const Step& step, int64_t n, const float* w, const float* g, const float* m,
            const float* v, float* __restrict new_w, float* __restrict new_m,
            float* __restrict new_v) {
  for (int64_t i = 0; i < n; i++) {
    new_m[i] = m[i] + (g[i] - m[i]) * step.new1;
    new_v[i] = v[i] + (g[i] * g[i] - v[i]) * step.new2;
    new_w[i] = w[i] - new_m[i] * step.alpha / (std::sqrt(new_v[i]) + step.epsilon);
  }
}

// Inputs: alpha [], m [n], v [n], N variables and their N gradients, of n values together.
// Outputs: m, v, N variables.
void adam(Call& call) {
  const Step step{*call.floats(0, "alpha", {}), call.number("new_share1"),
                  call.number("new_share2"), call.number("epsilon")};
  const Shape all = call.shape(1);
  const float *m = call.floats(1), *v = call.floats(2, "v", all);
  float *new_m = call.output(0, all), *new_v = call.output(1, all);
  const int count = call.integer("N");
  int64_t offset = 0;
  for (int i = 0; i < count; i++) {
    const Shape shape = call.shape(3 + i);
    const float* gradient = call.floats(3 + count + i, "gradient", shape);
    const int64_t size = size_of(shape);
    if (offset + size > all[0]) throw std::invalid_argument("expected m of all variables");
    update(step, size, call.floats(3 + i), gradient, m + offset, v + offset,
           call.output(2 + i, shape), new_m + offset, new_v + offset);
    offset += size;
  }
  if (offset != all[0]) throw std::invalid_argument("expected variables for all of m");
}

const Registration<adam> op(
    "SerAdam",
    {"alpha: float", "m: float", "v: float", "variables: N * float", "gradients: N * float"},
    {"new_m: float", "new_v: float", "new_variables: N * float"},
    {"N: int >= 1", "new_share1: float", "new_share2: float", "epsilon: float"});

}  // namespace
}  // namespace ser
