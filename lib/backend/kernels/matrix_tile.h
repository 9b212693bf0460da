// The matrix product at the bottom of all layers: a tile of the result stays in registers while the sum runs.
#pragma once
#include "simd.h"

namespace ser {

constexpr int kTileRows = 6;  // of a tile, where there are many

// C[m][n] += sum over k of A[m * row_step + k * depth_step] * B[k * ldb + n]; n is a multiple of kLanes.
// Terms are added in the order of k, so that sums do not depend on how the product is cut into tiles.
void multiply(int64_t m, int64_t n, int64_t depth, const float* a, int64_t row_step,
              int64_t depth_step, const float* b, int64_t ldb, float* c, int64_t ldc);

}  // namespace ser
