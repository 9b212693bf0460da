// Long short-term memory over whole sequences that start from zero states, and its gradient
// (Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000). With z = x W + b + h U of input x
// and last hidden state h, cut into the input gate i, forget gate f, candidate g and output gate o:
//   c' = sigmoid(f) c + sigmoid(i) tanh(g),   h' = sigmoid(o) tanh(c').
//
// A step is one matrix product of rows [x | 1 | h] with [W ; b ; U], a tile at a time in registers, and
// then the gates. The batch is cut into groups of 8 sequences whatever the number of threads; a group
// goes through all of its steps alone, so that its states stay in the first-level cache and the weights
// in the second.
#include "buffer.h"
#include "gates.h"
#include "lstm.h"
#include "matrix_tile.h"
#include "parallel.h"

namespace ser {
namespace {

// One sequence's gates, cells and hidden states from z.
void step(int64_t units, const float* z, float* cells, float* hidden, float* kept) {
  backwards_over(units, [&](int64_t u) {
    const auto [i, f, g, o] = activate({load(z + u), load(z + units + u), load(z + 2 * units + u),
                                        load(z + 3 * units + u)});
    const Vector c = f * load(cells + u) + i * g;
    store(cells + u, c);
    store(hidden + u, o * tanh(c));
    if (!kept) return;
    store(kept + u, i);
    store(kept + units + u, f);
    store(kept + 2 * units + u, g);
    store(kept + 3 * units + u, o);
    store(kept + 4 * units + u, c);
  });
}

// All steps of a group of sequences; `visit` gets the hidden state of a sequence and step.
template <class Visit>
void run(const Sizes& sizes, int64_t group, const float* x, const Buffer& weights, float* cached,
         Visit visit) {
  const int64_t rows = sizes.rows(group), first = group * kGroup, kept = sizes.cached_row();
  const int64_t features = sizes.features, time = sizes.time;
  const int64_t row = sizes.input_row(), z_row = sizes.gate_row();
  Buffer inputs(rows * row), z(rows * z_row), cells(rows * sizes.unit_row());
  for (int64_t r = 0; r < rows; r++) *inputs.at(r * row + features) = 1;
  for (int64_t t = 0; t < time; t++) {
    for (int64_t r = 0; r < rows; r++) {
      copy(inputs.at(r * row), x + ((first + r) * time + t) * features, features);
    }
    if (cached) prefetch<true>(cached + t * rows * kept, rows * kept);
    clear(z.at(), rows * z_row);
    multiply(rows, round_up(sizes.columns(), kLanes), sizes.inputs(), inputs.at(), row, 1,
             weights.at(), z_row, z.at(), z_row);
    for (int64_t r = 0; r < rows; r++) {
      float* hidden = inputs.at(r * row + features + 1);
      step(sizes.units, z.at(r * z_row), cells.at(r * sizes.unit_row()), hidden,
           cached ? cached + (t * rows + r) * kept : nullptr);
      visit(first + r, t, hidden);
    }
  }
}

// Inputs: x [batch, time, features], kernel [features, 4 units], recurrent kernel [units, 4 units],
// bias [4 units]. Outputs: the hidden states of all steps or the last, and the cache if there is a
// gradient to come.
void lstm(Call& call) {
  const Sizes sizes(call, 0, 1, 2);
  const bool all_states = call.integer("all_states") != 0;
  const int64_t time = sizes.time, units = sizes.units, columns = sizes.columns();
  const float *x = call.floats(0), *bias = call.floats(3, "bias", {columns});
  Buffer weights(sizes.inputs() * sizes.gate_row());
  for (int64_t k = 0; k < sizes.inputs(); k++) {
    copy(weights.at(k * sizes.gate_row()),
         sizes.part(k, call.floats(1), bias, call.floats(2)), columns);
  }
  float* states = call.output(0, sizes.states(all_states));
  float* cache = call.integer("caches") > 0 ? call.output(1, sizes.cache()) : nullptr;
  parallel(sizes.groups(), [&](int64_t group) {
    float* cached = cache ? cache + group * sizes.cached_group() : nullptr;
    run(sizes, group, x, weights, cached, [&](int64_t example, int64_t t, const float* hidden) {
      if (!all_states && t < time - 1) return;
      copy(states + (all_states ? example * time + t : example) * units, hidden, units);
    });
  });
}

const Registration<lstm> op(
    "SerLstm", {"x: float", "kernel: float", "recurrent_kernel: float", "bias: float"},
    {"states: float", "cache: caches * float"}, {"all_states: int", "caches: int >= 0"});

}  // namespace
}  // namespace ser
