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
#include "panels.h"
#include "parallel.h"

namespace ser {
namespace {

// Inputs: x [batch, time, features], kernel [features, 4 units], recurrent kernel [units, 4 units],
// bias [4 units]. Outputs: the hidden states of all steps or the last, and the cache if there is a
// gradient to come.
class Lstm : public Op {
 public:
  explicit Lstm(const Attributes& attributes)
      : all_states_(attributes.integer("all_states") != 0), cached_(attributes.integer("caches") > 0) {}

  void compute(Call& call) override {
    const Sizes sizes(call, 0, 1, 2);
    call.expect(3, "bias", {sizes.columns()});
    const Panels weights = pack(sizes, call.floats(1), call.floats(3), call.floats(2));
    const float* x = call.floats(0);
    float* states = call.output(0, sizes.states(all_states_));
    float* cache = cached_ ? call.output(1, sizes.cache()) : nullptr;
    parallel(static_cast<int>(sizes.groups()), [&](int group) {
      float* cached = cache ? cache + group * sizes.cached_group() : nullptr;
      if (sizes.rows(group) == 1) run<1>(sizes, group, x, weights, states, cached);
      else run<kHeight>(sizes, group, x, weights, states, cached);
    });
  }

 private:
  static Panels pack(const Sizes& sizes, const float* kernel, const float* bias,
                     const float* recurrent) {
    const int64_t columns = sizes.columns();
    Panels panels(sizes.inputs(), columns);
    for (int64_t k = 0; k < sizes.features; k++) panels.set_row(k, kernel + k * columns, columns);
    panels.set_row(sizes.features, bias, columns);
    for (int64_t k = 0; k < sizes.units; k++) {
      panels.set_row(sizes.features + 1 + k, recurrent + k * columns, columns);
    }
    return panels;
  }

  template <int Height>
  void run(const Sizes& sizes, int64_t group, const float* x, const Panels& weights, float* states,
           float* cached) const {
    const int64_t rows = sizes.rows(group), padded = round_up(rows, Height);
    const int64_t features = sizes.features, units = sizes.units, time = sizes.time;
    const int64_t first = group * kGroup, row = sizes.input_row(), z_row = weights.row_length();
    Buffer inputs(padded * row), z(padded * z_row + kLanes), cells(rows * sizes.unit_row());
    for (int64_t r = 0; r < rows; r++) *inputs.at(r * row + features) = 1;
    for (int64_t t = 0; t < time; t++) {
      for (int64_t r = 0; r < rows; r++) {
        copy(inputs.at(r * row), x + ((first + r) * time + t) * features, features);
      }
      if (cached) {
        const int64_t step = rows * sizes.cached_row();
        prefetch<true>(cached + t * step, step);
      }
      weights.multiply<Height>(padded, inputs.at(0), row, z.at(0));
      for (int64_t r = 0; r < rows; r++) {
        float* hidden = inputs.at(r * row + features + 1);
        float* kept = cached ? cached + (t * rows + r) * sizes.cached_row() : nullptr;
        step(units, z.at(r * z_row), cells.at(r * sizes.unit_row()), hidden, kept);
        if (all_states_) copy(states + ((first + r) * time + t) * units, hidden, units);
        else if (t == time - 1) copy(states + (first + r) * units, hidden, units);
      }
    }
  }

  // One sequence's gates, cells and hidden states from z.
  static void step(int64_t units, const float* z, float* cells, float* hidden, float* kept) {
    backwards_over(units, [&](int64_t u) {
      const auto [i, f, g, o] = activate({load(z + u), load(z + units + u),
                                          load(z + 2 * units + u), load(z + 3 * units + u)});
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

  bool all_states_, cached_;
};

const Registration<Lstm> lstm_op(
    "SerLstm", {"x: float", "kernel: float", "recurrent_kernel: float", "bias: float"},
    {"states: float", "cache: caches * float"}, {"all_states: int", "caches: int >= 0"});

}  // namespace
}  // namespace ser
