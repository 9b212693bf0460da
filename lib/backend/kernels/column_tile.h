// The matrix product of the deep belief network's small layers: tiles one vector wide.
#pragma once
#include "simd.h"

namespace ser {

// The sum of all lanes, in pairs.
inline float sum(Vector v) {
  float lanes[kLanes];
  store(lanes, v);
  for (int half = kLanes / 2; half > 0; half /= 2) {
    for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
  }
  return lanes[0];
}

// Rows of a tile: as many sums as hide the latency of multiplying and adding.
constexpr int TILE = 8;

// The one loop in which all matrix products spend their time. To each row m of a tile it adds
//   sum over k of a[m * a_row + k * a_step] * b[k * b_step .. + kLanes].
// Terms are added in the order of k, so the sums do not depend on how a product is cut into tiles.
inline void multiply_add(Vector (&tile)[TILE], int terms, const float* a, int a_row, int a_step,
                         const float* b, int b_step) {
  Vector t0 = tile[0], t1 = tile[1], t2 = tile[2], t3 = tile[3];
  Vector t4 = tile[4], t5 = tile[5], t6 = tile[6], t7 = tile[7];
  const float* a4 = a + 4 * a_row;
  for (int k = 0; k < terms; k++, a += a_step, a4 += a_step, b += b_step) {
    const Vector row = load(b);
    t0 += row * a[0];
    t1 += row * a[a_row];
    t2 += row * a[2 * a_row];
    t3 += row * a[3 * a_row];
    t4 += row * a4[0];
    t5 += row * a4[a_row];
    t6 += row * a4[2 * a_row];
    t7 += row * a4[3 * a_row];
  }
  tile[0] = t0, tile[1] = t1, tile[2] = t2, tile[3] = t3;
  tile[4] = t4, tile[5] = t5, tile[6] = t6, tile[7] = t7;
}

}  // namespace ser
