// A matrix that stands on the right side of many products.
#pragma once
#include <algorithm>

#include "buffer.h"
#include "matrix_tile.h"

namespace ser {

// The most vectors of a tile: with kHeight rows of them, one row of B and one number of A they fill the
// registers.
constexpr int kHeight = kRegisters == 32 ? 8 : 4, kWidth = 3;

// The number of vectors of a tile that starts with vector v: 4 that are left are 2 tiles of 2, as one of
// a single vector waits for its loads.
inline int64_t width(int64_t v, int64_t vectors) {
  const int64_t left = vectors - v;
  return left == 4 ? 2 : std::min<int64_t>(kWidth, left);
}

// A matrix [depth, columns] as the right side of products: cut into panels as wide as a tile.
class Panels {
 public:
  Panels(int64_t depth, int64_t columns)
      : depth_(depth),
        vectors_((columns + kLanes - 1) / kLanes),
        data_(depth * vectors_ * kLanes) {}

  int64_t row_length() const { return vectors_ * kLanes; }

  void set_row(int64_t row, const float* values, int64_t count) {
    for (int64_t v = 0; v < vectors_; v += width(v, vectors_)) {
      const int64_t from = v * kLanes, step = width(v, vectors_) * kLanes;
      copy(panel(v) + row * step, values + from, std::min(step, count - from));
    }
  }

  void set_column(int64_t column, const float* values) {
    int64_t v = 0;
    while (column >= (v + width(v, vectors_)) * kLanes) v += width(v, vectors_);
    float* to = panel(v) + column - v * kLanes;
    for (int64_t k = 0; k < depth_; k++) to[k * width(v, vectors_) * kLanes] = values[k];
  }

  // c[r] = a[r] times this matrix, for a multiple of Height rows.
  template <int Height>
  void multiply(int64_t rows, const float* a, int64_t row_step, float* c) const {
    clear(c, rows * row_length());
    for (int64_t v = 0; v < vectors_; v += width(v, vectors_)) {
      for (int64_t r = 0; r < rows; r += Height) {
        const float* from = a + r * row_step;
        float* to = c + r * row_length() + v * kLanes;
        switch (width(v, vectors_)) {
          case 1: multiply_panel<Height, 1>(from, row_step, panel(v), to); break;
          case 2: multiply_panel<Height, 2>(from, row_step, panel(v), to); break;
          default: multiply_panel<Height, 3>(from, row_step, panel(v), to);
        }
      }
    }
  }

 private:
  float* panel(int64_t v) { return data_.at(v * kLanes * depth_); }
  const float* panel(int64_t v) const { return data_.at(v * kLanes * depth_); }

  template <int Height, int Width>
  void multiply_panel(const float* a, int64_t row_step, const float* panel, float* c) const {
    multiply_tile<Height, Width>(a, row_step, 1, panel, Width * kLanes, depth_, c, row_length());
  }

  int64_t depth_, vectors_;
  Buffer data_;
};

}  // namespace ser
