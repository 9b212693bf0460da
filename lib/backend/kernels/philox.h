// The generator of TensorFlow's stateless random operations.
#pragma once
#include <cstdint>

namespace ser {

// Philox 4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011), started from a seed and a counter as
// StatelessRandomUniform starts it: so the numbers are the same.
class Philox {
 public:
  // `seed`: the seed and the counter.
  explicit Philox(const int32_t* seed);

  // Calls that are computed side by side; each gives four words.
  static constexpr int kCalls = 16, kWords = 4 * kCalls;

  // The words of the calls first .. first + kCalls - 1.
  void words(int64_t first, uint32_t* to) const;

 private:
  uint32_t key_[2], counter_[2];
};

// A word as a number in [0, 1), as TensorFlow makes it: of 23 bits.
inline float uniform(uint32_t word) {
  return static_cast<float>(static_cast<int32_t>(word & 0x7FFFFF)) / 0x800000;
}

}  // namespace ser
