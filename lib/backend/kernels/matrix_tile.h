// The matrix product at the bottom of convolutions and dense layers: a tile of the result stays in registers while
// the sum runs.
#pragma once
#include "simd.h"

namespace ser {

// The most vectors that a row of a tile has, and the rows that then fit the registers beside one row
// of B and one number of A.
constexpr int kTileVectors = kRegisters == 32 ? 4 : 2;
constexpr int kTileColumns = kTileVectors * kLanes;
constexpr int kTileRows = 6;

// C[r][.] += sum over k < depth of A[r * row_step + k * depth_step] * B[k * ldb + .], for Rows rows and
// Vectors vectors of columns.
template <int Rows, int Vectors>
SER_INLINE void multiply_tile(const float* a, int64_t row_step, int64_t depth_step, const float* b,
                              int64_t ldb, int64_t depth, float* c, int64_t ldc) {
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

// C[m][n] += sum over k of A[m * row_step + k * depth_step] * B[k * ldb + n]; n is a multiple of kLanes.
// Terms are added in the order of k, so that sums do not depend on how the product is cut into tiles.
void multiply(int64_t m, int64_t n, int64_t depth, const float* a, int64_t row_step,
              int64_t depth_step, const float* b, int64_t ldb, float* c, int64_t ldc);

}  // namespace ser
