#include "matrix_tile.h"

#include <algorithm>

namespace ser {
namespace {

// Terms of a sum after which a tile goes to memory and back, so that its part of B stays in the
// first-level cache.
constexpr int64_t kDepth = 96;

// A tile of any number of rows and vectors up to the largest.
template <int Rows = kTileRows, int Vectors = kTileVectors>
void tile(int rows, int vectors, const float* a, int64_t row_step, int64_t depth_step,
          const float* b, int64_t ldb, int64_t depth, float* c, int64_t ldc) {
  if constexpr (Rows > 1) {
    if (rows < Rows) {
      return tile<Rows - 1, Vectors>(rows, vectors, a, row_step, depth_step, b, ldb, depth, c, ldc);
    }
  }
  if constexpr (Vectors > 1) {
    if (vectors < Vectors) {
      return tile<Rows, Vectors - 1>(rows, vectors, a, row_step, depth_step, b, ldb, depth, c, ldc);
    }
  }
  multiply_tile<Rows, Vectors>(a, row_step, depth_step, b, ldb, depth, c, ldc);
}

}  // namespace

void multiply(int64_t m, int64_t n, int64_t depth, const float* a, int64_t row_step,
              int64_t depth_step, const float* b, int64_t ldb, float* c, int64_t ldc) {
  for (int64_t k = 0; k < depth; k += kDepth) {
    for (int64_t j = 0; j < n; j += kTileColumns) {
      const int vectors = static_cast<int>(std::min<int64_t>(kTileColumns, n - j) / kLanes);
      for (int64_t r = 0; r < m; r += kTileRows) {
        const int rows = static_cast<int>(std::min<int64_t>(kTileRows, m - r));
        tile(rows, vectors, a + r * row_step + k * depth_step, row_step, depth_step, b + k * ldb + j,
             ldb, std::min(kDepth, depth - k), c + r * ldc + j, ldc);
      }
    }
  }
}

}  // namespace ser
