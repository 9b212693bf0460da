// Dense layers over the examples of a batch: the products of the restricted Boltzmann machine and of
// back-propagation. Values of a batch are stored as [units][width], a column for each example; behind the
// examples there are columns of zeros, so that only whole vectors occur. All sums have a fixed order.
#pragma once
#include <algorithm>

#include "buffer.h"
#include "matrix_tile.h"
#include "op.h"

namespace ser {

constexpr int64_t kSide = 16;  // sums side by side in row_sum, whatever the vectors' width

constexpr int64_t width_of(int64_t examples) { return round_up(examples, kSide); }

// Weights [units, inputs] and biases; zeros fill the rows up to whole vectors.
struct Dense {
  int64_t units, inputs, stride;
  Buffer W, b;

  // Reads them from two inputs of a call, multiplied by `factor`.
  Dense(Call& call, int weights, int biases, int64_t inputs, float factor = 1)
      : units(call.shape(weights).empty() ? 0 : call.shape(weights)[0]),
        inputs(inputs),
        stride(round_up(inputs, kLanes)),
        W(units * stride),
        b(units) {
    const float* from = call.floats(weights, "weights", {units, inputs});
    const float* offsets = call.floats(biases, "biases", {units});
    for (int64_t u = 0; u < units; u++) {
      b.at()[u] = offsets[u] * factor;
      for (int64_t i = 0; i < inputs; i++) W.at(u * stride)[i] = from[u * inputs + i] * factor;
    }
  }

  // Writes them to two outputs.
  void write(Call& call, int weights, int biases) const {
    float* to = call.output(weights, {units, inputs});
    for (int64_t u = 0; u < units; u++) copy(to + u * inputs, W.at(u * stride), inputs);
    copy(call.output(biases, {units}), b.at(), units);
  }
};

// sums [units][width] = W x + b
inline void upward(const Dense& layer, const float* x, int64_t width, float* sums) {
  clear(sums, layer.units * width);
  multiply(layer.units, width, layer.inputs, layer.W.at(), layer.stride, 1, x, width, sums, width);
  for (int64_t u = 0; u < layer.units; u++) {
    for (int64_t e = u * width; e < (u + 1) * width; e++) sums[e] += layer.b.at()[u];
  }
}

// sums [inputs][width] = the transposed W times h
inline void downward(const Dense& layer, const float* h, int64_t width, float* sums) {
  clear(sums, layer.inputs * width);
  multiply(layer.inputs, width, layer.units, layer.W.at(), 1, layer.stride, h, width, sums, width);
}

// ReLU that leaves NaN as it is.
inline float relu(float x) { return x < 0 ? 0 : x; }

// x [n][features], the examples order[0] .. order[count - 1], or the first, as columns.
inline void gather(const float* x, int64_t features, const int32_t* order, int64_t count,
                   int64_t width, float* columns) {
  clear(columns, features * width);
  for (int64_t e = 0; e < count; e++) {
    const float* example = x + (order ? order[e] : e) * features;
    for (int64_t i = 0; i < features; i++) columns[i * width + e] = example[i];
  }
}

// Columns [n][width] as rows [count][stride].
inline void to_rows(const float* columns, int64_t n, int64_t width, int64_t count, float* rows,
                    int64_t stride) {
  for (int64_t i = 0; i < n; i++) {
    for (int64_t e = 0; e < count; e++) rows[e * stride + i] = columns[i * width + e];
  }
}

// The sum of a row [width]: kSide sums side by side, then these in pairs.
inline float row_sum(const float* row, int64_t width) {
  float sums[kSide] = {};
  for (int64_t e = 0; e < width; e += kSide) {
    for (int64_t i = 0; i < kSide; i++) sums[i] += row[e + i];
  }
  for (int64_t half = kSide / 2; half > 0; half /= 2) {
    for (int64_t i = 0; i < half; i++) sums[i] += sums[i + half];
  }
  return sums[0];
}

// The numbers of an input [n], all in [0, limit).
inline const int32_t* numbers_below(Call& call, int input, const char* name, int64_t n,
                                    int64_t limit) {
  const int32_t* numbers = call.integers(input, name, {n});
  if (std::all_of(numbers, numbers + n, [&](int i) { return i >= 0 && i < limit; })) return numbers;
  throw std::invalid_argument(std::string("expected ") + name + " in [0, " +
                              std::to_string(limit) + ")");
}

}  // namespace ser
