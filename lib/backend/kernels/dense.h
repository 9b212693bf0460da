// Dense layers over a few examples: the products of the restricted Boltzmann machine and of
// back-propagation. Examples are worked on in groups of kLanes. Within a group, values are stored as
// columns, [units][kLanes]: one vector holds one unit's values for all examples of the group.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>

#include "buffer.h"
#include "column_tile.h"

namespace ser {

// Weights [units, inputs] and biases, with zeros around them so that only whole tiles occur.
struct Dense {
  int units, inputs;
  int rows, stride;  // units and inputs with the zeros
  Buffer W, b;

  Dense(int units, int inputs, const float* weights, const float* biases, float factor = 1)
      : units(units),
        inputs(inputs),
        rows(static_cast<int>(round_up(units, TILE))),
        stride(static_cast<int>(round_up(inputs, kLanes))),
        W(static_cast<size_t>(rows) * stride),
        b(rows) {
    for (int u = 0; u < units; u++) {
      b.at()[u] = biases[u] * factor;
      for (int i = 0; i < inputs; i++) {
        W.at(u * stride)[i] = weights[static_cast<size_t>(u) * inputs + i] * factor;
      }
    }
  }

  void copy_weights(float* to) const {
    for (int u = 0; u < units; u++) std::copy_n(W.at(u * stride), inputs, to + u * inputs);
  }
};

// W x + b for a group: finish(unit, sums) for each unit. x: columns [inputs][kLanes].
template <class Finish>
void upward(const Dense& layer, const float* x, Finish finish) {
  for (int u = 0; u < layer.rows; u += TILE) {
    Vector tile[TILE] = {};
    multiply_add(tile, layer.inputs, layer.W.at(u * layer.stride), layer.stride, 1, x, kLanes);
    const int last = std::min(TILE, layer.units - u);
    for (int m = 0; m < last; m++) finish(u + m, tile[m] + layer.b.at()[u + m]);
  }
}

// The transposed W times h for a group: finish(input, sums) for each input. h: columns [units][kLanes].
template <class Finish>
void downward(const Dense& layer, const float* h, Finish finish) {
  for (int i = 0; i < layer.inputs; i += TILE) {
    Vector tile[TILE] = {};
    multiply_add(tile, layer.units, layer.W.at(i), 1, layer.stride, h, kLanes);
    const int last = std::min(TILE, layer.inputs - i);
    for (int m = 0; m < last; m++) finish(i + m, tile[m]);
  }
}

// ReLU that leaves NaN as it is.
inline Vector relu(Vector x) { return x < 0.0f ? Vector{} : x; }

// Examples `first ..` of a batch whose values lie one example after the other.
struct Group {
  int first;  // within the batch
  int count;  // examples, 1 .. kLanes
};

inline int groups_of(int examples) { return (examples + kLanes - 1) / kLanes; }

inline Group group_of(int examples, int group) {
  const int first = group * kLanes;
  return {first, std::min(kLanes, examples - first)};
}

// Up to kLanes values; the rest is `rest`.
inline Vector load(const float* from, int count, float rest) {
  if (count == kLanes) return load(from);
  float values[kLanes];
  for (int i = 0; i < kLanes; i++) values[i] = i < count ? from[i] : rest;
  return load(values);
}

// 1 for the examples that are there, else 0.
inline Vector present(int count) {
  float values[kLanes];
  for (int i = 0; i < kLanes; i++) values[i] = i < count ? 1.0f : 0.0f;
  return load(values);
}

// Columns [n][kLanes] to rows, the first `count` of them.
inline void to_rows(const float* columns, int n, int count, float* rows, int stride) {
  int i = 0;
#if defined(__clang__) || __GNUC__ >= 12
  typedef float Four __attribute__((vector_size(16)));
  for (; i + 4 <= n && count == kLanes; i += 4) {
    for (int r = 0; r < kLanes; r += 4) {
      Four c[4];
      for (int k = 0; k < 4; k++) std::memcpy(&c[k], columns + (i + k) * kLanes + r, sizeof(Four));
      const Four ab = __builtin_shufflevector(c[0], c[1], 0, 4, 1, 5);
      const Four cd = __builtin_shufflevector(c[2], c[3], 0, 4, 1, 5);
      const Four ef = __builtin_shufflevector(c[0], c[1], 2, 6, 3, 7);
      const Four gh = __builtin_shufflevector(c[2], c[3], 2, 6, 3, 7);
      const Four row[4] = {__builtin_shufflevector(ab, cd, 0, 1, 4, 5),
                           __builtin_shufflevector(ab, cd, 2, 3, 6, 7),
                           __builtin_shufflevector(ef, gh, 0, 1, 4, 5),
                           __builtin_shufflevector(ef, gh, 2, 3, 6, 7)};
      for (int k = 0; k < 4; k++) std::memcpy(rows + (r + k) * stride + i, &row[k], sizeof(Four));
    }
  }
#endif
  for (; i < n; i++) {
    for (int r = 0; r < count; r++) rows[r * stride + i] = columns[i * kLanes + r];
  }
}

// An example to one lane of columns.
inline void to_lane(const float* example, int n, float* columns, int lane) {
  for (int i = 0; i < n; i++) columns[i * kLanes + lane] = example[i];
}

}  // namespace ser
