// The masks of dropout: the same zeros and ones as lib/backend/random.ts draws by TensorFlow's stateless
// generator, without a tensor for them.
#pragma once
#include <cstdint>

namespace ser {

class DropoutMask {
 public:
  // Keeps a value with probability `keep`, in (0, 1]; 1 keeps all. `seed` holds the seed and the step.
  DropoutMask(float keep, const int32_t* seed);

  bool keeps_all() const { return keep_ == 1; }
  // Factors of the values first .. first + count - 1: 0, or 1 / keep. `first` is a multiple of kBlock.
  void factors(int64_t first, int64_t count, float* to) const;

  static constexpr int64_t kBlock = 256;

 private:
  float keep_;
  bool by_bytes_;  // a multiple of 1/256 takes a random byte a value
  uint32_t key_[2], counter_[2];
};

}  // namespace ser
