// Random numbers that follow from a seed and a counter: those of TensorFlow's stateless operations, as
// lib/backend/philox.ts and random.ts draw them.
#pragma once
#include <cstdint>

namespace ser {

// Philox 4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011).
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

// The masks of dropout, without a tensor for them.
class DropoutMask {
 public:
  // Keeps a value with probability `keep`, in (0, 1]; 1 keeps all. `seed` holds the seed and the step.
  DropoutMask(float keep, const int32_t* seed);

  // Factors of the values first .. first + count - 1: 0, or 1 / keep. `first` is a multiple of kBlock.
  void factors(int64_t first, int64_t count, float* to) const;

  static constexpr int64_t kBlock = 4 * Philox::kWords;

 private:
  float keep_;
  bool by_bytes_;  // a multiple of 1/256 takes a random byte a value
  Philox philox_;
};

}  // namespace ser
