// Uniform random numbers: the generator of lib/backend/random.ts, number by number the same.
#include "op.h"
#include "ops.h"
#include "parallel.h"

namespace ser {
namespace {

constexpr int ROUNDS = 16;          // three numbers each, computed side by side
constexpr int64_t CHUNK = 1 << 16;  // numbers of one task, about

uint32_t scramble(uint32_t value) { return value * 1664525u + 1013904223u; }

// The numbers 3 first .. of PCG3D (Jarzynski & Olano, JCGT 9(3), 2020).
void draw(uint32_t first, uint32_t seed, uint32_t counter, float* to) {
  uint32_t x[ROUNDS], y[ROUNDS], z[ROUNDS];
  for (int i = 0; i < ROUNDS; i++) {
    uint32_t a = scramble(3 * (first + i)), b = scramble(counter), c = scramble(seed);
    for (int round = 0; round < 2; round++) {
      a += b * c;
      b += c * a;
      c += a * b;
      a ^= a >> 16, b ^= b >> 16, c ^= c >> 16;
    }
    x[i] = a >> 8, y[i] = b >> 8, z[i] = c >> 8;
  }
  for (int i = 0; i < ROUNDS; i++) {
    to[3 * i] = static_cast<float>(static_cast<int32_t>(x[i])) / (1 << 24);
    to[3 * i + 1] = static_cast<float>(static_cast<int32_t>(y[i])) / (1 << 24);
    to[3 * i + 2] = static_cast<float>(static_cast<int32_t>(z[i])) / (1 << 24);
  }
}

// Inputs: shape [dimensions], key [2]: seed and counter. Output: numbers in [0, 1) of that shape.
class Uniform : public Op {
 public:
  explicit Uniform(const Attributes&) {}

  void compute(Call& call) override {
    call.expect(1, "key", {2});
    const Shape dimensions = call.shape(0);
    const int32_t *sizes = call.integers(0), *key = call.integers(1);
    if (dimensions.size() != 1) throw std::invalid_argument("expected a shape");
    const Shape shape(sizes, sizes + dimensions[0]);
    int64_t size = 1;
    for (int64_t n : shape) size *= n;
    float* numbers = call.output(0, shape);
    constexpr int64_t BLOCK = 3 * ROUNDS, BLOCKS = CHUNK / BLOCK;
    parallel(static_cast<int>((size + BLOCKS * BLOCK - 1) / (BLOCKS * BLOCK)), [&](int task) {
      for (int64_t block = task * BLOCKS; block < (task + 1) * BLOCKS; block++) {
        const int64_t left = size - block * BLOCK;
        if (left <= 0) return;
        float* to = numbers + block * BLOCK;
        if (left >= BLOCK) {
          draw(static_cast<uint32_t>(block * ROUNDS), key[0], key[1], to);
        } else {
          float last[BLOCK];
          draw(static_cast<uint32_t>(block * ROUNDS), key[0], key[1], last);
          for (int64_t i = 0; i < left; i++) to[i] = last[i];
        }
      }
    });
  }
};

}  // namespace

void register_uniform() {
  register_op<Uniform>("SerUniform", {"shape: int32", "key: int32"}, {"numbers: float"});
}

}  // namespace ser
