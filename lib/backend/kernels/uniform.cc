// Uniform random numbers, the same as TensorFlow's StatelessRandomUniform gives, in a fraction of its time.
#include <algorithm>

#include "op.h"
#include "parallel.h"
#include "philox.h"

namespace ser {
namespace {

constexpr int64_t kTask = int64_t{1} << 16;  // numbers of one task, a multiple of Philox::kWords

// Inputs: shape [dimensions]; seed and counter [2]. Output: numbers in [0, 1) of that shape.
class Uniform : public Op {
 public:
  explicit Uniform(const Attributes&) {}

  void compute(Call& call) override {
    call.expect(1, "seed and counter", {2});
    const Shape dimensions = call.shape(0);
    if (dimensions.size() != 1) throw std::invalid_argument("expected a shape");
    const int32_t* sizes = call.integers(0);
    const Shape shape(sizes, sizes + dimensions[0]);
    int64_t size = 1;
    for (int64_t n : shape) size *= n;
    const Philox philox(call.integers(1));
    float* numbers = call.output(0, shape);
    parallel(static_cast<int>((size + kTask - 1) / kTask), [&](int task) {
      const int64_t last = std::min(size, (task + 1) * kTask);
      for (int64_t at = task * kTask; at < last; at += Philox::kWords) {
        uint32_t words[Philox::kWords];
        philox.words(at / 4, words);
        const int64_t count = std::min<int64_t>(Philox::kWords, last - at);
        for (int64_t i = 0; i < count; i++) numbers[at + i] = uniform(words[i]);
      }
    });
  }
};

const Registration<Uniform> uniform_op("SerUniform", {"shape: int32", "seed: int32"},
                                      {"numbers: float"});

}  // namespace
}  // namespace ser
