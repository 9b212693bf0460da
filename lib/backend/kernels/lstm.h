// What an LSTM's forward pass and its gradient share: lengths and layouts.
#pragma once
#include <algorithm>

#include "op.h"
#include "simd.h"

namespace ser {

constexpr int64_t kGroup = 8;  // sequences that go through all of their steps alone

// Lengths, checked against all inputs, and where things lie.
struct Sizes {
  int64_t batch, time, features, units;

  Sizes(Call& call, int x, int kernel, int recurrent) {
    const Shape input = call.shape(x), square = call.shape(recurrent);
    if (input.size() != 3 || input[0] * input[1] * input[2] == 0) {
      refuse("x [batch, time, features]", input);
    }
    if (square.size() != 2 || square[0] == 0) {
      refuse("recurrent kernel [units, 4 units]", square);
    }
    batch = input[0], time = input[1], features = input[2], units = square[0];
    call.expect(recurrent, "recurrent kernel", {units, columns()});
    call.expect(kernel, "kernel", {features, columns()});
  }

  int64_t columns() const { return 4 * units; }
  // [x | 1 | h]: the bias is the weight of an input that is always 1.
  int64_t inputs() const { return features + 1 + units; }
  // Row k of the weights of all inputs, which lie in three tensors.
  template <class Float>
  Float* part(int64_t k, Float* kernel, Float* bias, Float* recurrent) const {
    if (k == features) return bias;
    return k < features ? kernel + k * columns() : recurrent + (k - features - 1) * columns();
  }
  // Rows in memory have room for the last vector of units, of which a part lies behind the units.
  int64_t unit_row() const { return round_up(units, kLanes); }
  int64_t input_row() const { return round_up(features + 1 + unit_row(), kLanes); }
  // An odd number of vectors: steps of a power of two would fall on few sets of the cache.
  int64_t gate_row() const { return round_up(3 * units + unit_row(), kLanes) | kLanes; }

  int64_t groups() const { return (batch + kGroup - 1) / kGroup; }
  int64_t rows(int64_t group) const { return std::min(kGroup, batch - group * kGroup); }

  Shape states(bool all) const {
    return all ? Shape{batch, time, units} : Shape{batch, units};
  }
  // What the gradient needs of the forward pass: i, f, g, o, c' of each unit, sequence and step of a
  // group; behind them room for the last vector.
  int64_t cached_row() const { return 5 * units; }
  int64_t cached_group() const { return kGroup * time * cached_row() + kLanes; }
  Shape cache() const { return {batch * time * cached_row() + groups() * kLanes}; }
};

// Asks for memory before it is needed: the other work hides the wait.
template <bool Write>
void prefetch(const float* from, int64_t count) {
  for (int64_t i = 0; i < count; i += 16) __builtin_prefetch(from + i, Write, 2);
}

// The vectors of units from the last to the first. The last one may reach into what lies behind its
// units; that is then overwritten by its owner, the next gate or row, who comes later.
template <class Visit>
SER_INLINE void backwards_over(int64_t units, Visit visit) {
  for (int64_t u = (units - 1) / kLanes * kLanes; u >= 0; u -= kLanes) visit(u);
}

}  // namespace ser
