// Memory for a kernel's own use.
#pragma once
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "simd.h"

namespace ser {

// Zeros, at the start of a cache line: a vector that lies in two lines costs twice. A vector that
// starts at the last value may be read.
class Buffer {
 public:
  explicit Buffer(int64_t size = 0) : data_(allocate(size)) {}
  float* at(int64_t offset = 0) { return data_.get() + offset; }
  const float* at(int64_t offset = 0) const { return data_.get() + offset; }

 private:
  static float* allocate(int64_t size) {
    const size_t bytes = round_up(size * sizeof(float), 64) + 64;
    void* data = std::aligned_alloc(64, bytes);
    if (!data) throw std::bad_alloc();
    std::memset(data, 0, bytes);
    return static_cast<float*>(data);
  }
  struct Free {
    void operator()(float* data) const { std::free(data); }
  };
  std::unique_ptr<float, Free> data_;
};

inline void copy(float* to, const float* from, int64_t count) {
  std::memcpy(to, from, count * sizeof(float));
}

inline void clear(float* values, int64_t count) { std::memset(values, 0, count * sizeof(float)); }

}  // namespace ser
