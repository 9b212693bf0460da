// Fourier transforms of several frames side by side: one in each lane.
#pragma once
#include <vector>

#include "lanes.h"

namespace ser {

struct Complex {
  Doubles re, im;
};

// The transform of 2n real numbers as one of n complex ones (Cooley & Tukey, radix 4, decimation in
// frequency), in place and one part after the other, so that parts stay in the nearest cache.
class RealFft {
 public:
  // size: a power of two >= 2. Its tables are made once and kept for all threads of the process.
  static const RealFft& of(int size);
  explicit RealFft(int size);

  // work [size / 2]: numbers 2i and 2i + 1 of the frames as real and imaginary part; overwritten.
  // power [1 + size / 2]: |X|^2 rounded to float32.
  void power(Complex* work, HalfFloats* power) const;

 private:
  void transform(Complex* z, int n, const double* twiddles) const;

  int half_;
  std::vector<double> twiddles_;  // of each size in turn: cos and sin of k, 2k and 3k turns / size
  std::vector<double> turns_;     // cos and sin of k turns / (2 half_)
  std::vector<int> place_;        // where the transform leaves bin k
};

}  // namespace ser
