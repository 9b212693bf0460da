#include "matrix_tile.h"

namespace ser {
namespace {

template <int Rows>
void by_vectors(int vectors, const float* a, int64_t row_step, int64_t depth_step, const float* b,
                int64_t ldb, int64_t depth, float* c, int64_t ldc) {
  switch (vectors) {
    case 1: return multiply_tile<Rows, 1>(a, row_step, depth_step, b, ldb, depth, c, ldc);
    case 2: return multiply_tile<Rows, 2>(a, row_step, depth_step, b, ldb, depth, c, ldc);
#if defined(__AVX512F__)
    case 3: return multiply_tile<Rows, 3>(a, row_step, depth_step, b, ldb, depth, c, ldc);
    default: return multiply_tile<Rows, 4>(a, row_step, depth_step, b, ldb, depth, c, ldc);
#endif
  }
}

}  // namespace

void multiply_tile(int rows, int vectors, const float* a, int64_t row_step, int64_t depth_step,
                   const float* b, int64_t ldb, int64_t depth, float* c, int64_t ldc) {
  switch (rows) {
    case 1: return by_vectors<1>(vectors, a, row_step, depth_step, b, ldb, depth, c, ldc);
    case 2: return by_vectors<2>(vectors, a, row_step, depth_step, b, ldb, depth, c, ldc);
    case 3: return by_vectors<3>(vectors, a, row_step, depth_step, b, ldb, depth, c, ldc);
    case 4: return by_vectors<4>(vectors, a, row_step, depth_step, b, ldb, depth, c, ldc);
    case 5: return by_vectors<5>(vectors, a, row_step, depth_step, b, ldb, depth, c, ldc);
    default: return by_vectors<6>(vectors, a, row_step, depth_step, b, ldb, depth, c, ldc);
  }
}

}  // namespace ser
