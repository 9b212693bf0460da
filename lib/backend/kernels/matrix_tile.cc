#include "matrix_tile.h"

#include <algorithm>

namespace ser {
namespace {

// Rows and the most vectors of a tile: with one row of B and one number of A they fill the registers. Wide
// tiles read less of A; up to kFew rows are cut into tall ones, which read B once.
constexpr int kTall = kRegisters == 32 ? 8 : 4, kTallVectors = 3;
constexpr int kWideVectors = kRegisters == 32 ? 4 : 2;
constexpr int kFew = 32;
// Terms of a sum after which a tile goes to memory and back, so that its part of B stays in the
// first-level cache.
constexpr int64_t kDepth = 96;

// C[r][.] += sum over k < depth of A[r * row_step + k * depth_step] * B[k * ldb + .], for any number of rows
// and vectors of columns up to the largest.
template <int Rows, int Vectors>
void tile(int64_t rows, int64_t vectors, const float* a, int64_t row_step, int64_t depth_step,
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
  Vector sum[Rows][Vectors];
#pragma GCC unroll 8
  for (int r = 0; r < Rows; r++) {
#pragma GCC unroll 4
    for (int j = 0; j < Vectors; j++) sum[r][j] = load(c + r * ldc + j * kLanes);
  }
  for (int64_t k = 0; k < depth; k++, a += depth_step, b += ldb) {
    Vector row[Vectors];
#pragma GCC unroll 4
    for (int j = 0; j < Vectors; j++) {
      row[j] = load(b + j * kLanes);
#if defined(__x86_64__)
      asm("" : "+v"(row[j]));  // or GCC loads it again for each row
#endif
    }
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) {
      const Vector value = broadcast(a[r * row_step]);
#pragma GCC unroll 4
      for (int j = 0; j < Vectors; j++) sum[r][j] += value * row[j];
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < Rows; r++) {
#pragma GCC unroll 4
    for (int j = 0; j < Vectors; j++) store(c + r * ldc + j * kLanes, sum[r][j]);
  }
}

template <int Rows, int Vectors>
void by_tiles(int64_t m, int64_t n, int64_t depth, const float* a, int64_t row_step,
              int64_t depth_step, const float* b, int64_t ldb, float* c, int64_t ldc) {
  for (int64_t k = 0; k < depth; k += kDepth) {
    for (int64_t j = 0, vectors; j < n; j += vectors * kLanes) {
      // 4 that are left are 2 tiles of 2, as one of a single vector waits for its loads
      const int64_t left = (n - j) / kLanes;
      vectors = Vectors == 3 && left == 4 ? 2 : std::min<int64_t>(Vectors, left);
      for (int64_t r = 0; r < m; r += Rows) {
        tile<Rows, Vectors>(m - r, vectors, a + r * row_step + k * depth_step, row_step, depth_step,
                            b + k * ldb + j, ldb, std::min(kDepth, depth - k), c + r * ldc + j, ldc);
      }
    }
  }
}

}  // namespace

void multiply(int64_t m, int64_t n, int64_t depth, const float* a, int64_t row_step,
              int64_t depth_step, const float* b, int64_t ldb, float* c, int64_t ldc) {
  const auto product =
      m <= kFew ? by_tiles<kTall, kTallVectors> : by_tiles<kTileRows, kWideVectors>;
  product(m, n, depth, a, row_step, depth_step, b, ldb, c, ldc);
}

}  // namespace ser
