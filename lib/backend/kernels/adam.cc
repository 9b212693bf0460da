// One step of Adam (Kingma & Ba 2015, section 2) over all parameters of a model.
#include <cmath>

#include "op.h"
#include "parallel.h"

namespace ser {
namespace {

// Inputs: alpha [], m [n], v [n], N variables and their N gradients, of n values together.
// Outputs: m, v, N variables.
class Adam : public Op {
 public:
  explicit Adam(const Attributes& attributes)
      : count_(attributes.integer("N")),
        new1_(attributes.number("new_share1")),
        new2_(attributes.number("new_share2")),
        epsilon_(attributes.number("epsilon")) {}

  void compute(Call& call) override {
    call.expect(0, "alpha", {});
    const float alpha = *call.floats(0);
    const Shape all = call.shape(1);
    call.expect(2, "v", all);
    const float *m = call.floats(1), *v = call.floats(2);
    float *new_m = call.output(0, all), *new_v = call.output(1, all);
    int64_t offset = 0;
    for (int i = 0; i < count_; i++) {
      const Shape shape = call.shape(3 + i);
      call.expect(3 + count_ + i, "gradient", shape);
      const int64_t size = size_of(shape);
      if (offset + size > all[0]) throw std::invalid_argument("expected m of all variables");
      update(size, alpha, call.floats(3 + i), call.floats(3 + count_ + i), m + offset, v + offset,
             call.output(2 + i, shape), new_m + offset, new_v + offset);
      offset += size;
    }
    if (offset != all[0]) throw std::invalid_argument("expected variables for all of m");
  }

 private:
  void update(int64_t n, float alpha, const float* w, const float* g, const float* m,
              const float* v, float* __restrict new_w, float* __restrict new_m,
              float* __restrict new_v) const {
    for (int64_t i = 0; i < n; i++) {
      new_m[i] = m[i] + (g[i] - m[i]) * new1_;
      new_v[i] = v[i] + (g[i] * g[i] - v[i]) * new2_;
      new_w[i] = w[i] - new_m[i] * alpha / (std::sqrt(new_v[i]) + epsilon_);
    }
  }

  int count_;
  float new1_, new2_, epsilon_;
};

const Registration<Adam> adam_op(
    "SerAdam",
    {"alpha: float", "m: float", "v: float", "variables: N * float", "gradients: N * float"},
    {"new_m: float", "new_v: float", "new_variables: N * float"},
    {"N: int >= 1", "new_share1: float", "new_share2: float", "epsilon: float"});

}  // namespace
}  // namespace ser
