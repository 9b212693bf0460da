// Memory for a kernel's own use.
#pragma once
#include <cstring>
#include <vector>

#include "simd.h"

namespace ser {

// Zeros, at the start of a cache line: a vector that lies in two lines costs twice. A vector that
// starts at the last value may be read.
class Buffer {
 public:
  explicit Buffer(int64_t size = 0) : lines_(size / 16 + 2) {}
  float* at(int64_t offset = 0) { return reinterpret_cast<float*>(lines_.data()) + offset; }
  const float* at(int64_t offset = 0) const { return const_cast<Buffer*>(this)->at(offset); }

 private:
  struct alignas(64) Line {
    float values[16];
  };
  std::vector<Line> lines_;
};

inline void copy(float* to, const float* from, int64_t count) {
  std::memcpy(to, from, count * sizeof(float));
}

inline void clear(float* values, int64_t count) { std::memset(values, 0, count * sizeof(float)); }

}  // namespace ser
