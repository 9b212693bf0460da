// The gradient of an LSTM over whole sequences (lstm.cc), from the last step to the first
// (back-propagation through time).
#include <vector>

#include "buffer.h"
#include "gates.h"
#include "lstm.h"
#include "matrix_tile.h"
#include "parallel.h"

namespace ser {
namespace {

// Steps whose gradients are kept, in the second-level cache, until the weights' gradient takes them up.
constexpr int64_t kBlock = 16;
// The most partial sums of the weights' gradient, and the rows of it that are computed together.
constexpr int64_t kSums = 16, kStrip = 32;

struct Inputs {
  bool all_states;
  const float *d_states, *x, *cache;
  float* dx;  // if it is asked for
};

// One group after another, each from its last step to its first.
class Pass {
 public:
  // weights: those of the hidden state before and of the input, transposed and side by side, so that a
  // step's gradients give both of theirs in one product; the row of the product is `d_row` long.
  Pass(const Sizes& sizes, const Inputs& given, const Buffer& weights, int64_t d_row)
      : sizes_(sizes),
        given_(given),
        weights_(weights),
        d_row_(d_row),
        inputs_(kBlock * kGroup * sizes.input_row()),
        d_gates_(kBlock * kGroup * sizes.gate_row()),
        d_inputs_(kGroup * d_row),
        d_cells_(kGroup * sizes.unit_row()),
        no_cells_(sizes.unit_row()),
        strip_(kStrip * sizes.gate_row()) {}

  void run(int64_t group, Buffer& sums) {
    if (sizes_.rows(group) < kGroup) {  // the last group: what an earlier one left in the other rows
      clear(d_gates_.at(), kBlock * kGroup * sizes_.gate_row());
    }
    clear(d_inputs_.at(), kGroup * d_row_);
    clear(d_cells_.at(), kGroup * sizes_.unit_row());
    for (int64_t end = sizes_.time; end > 0;) {
      const int64_t begin = (end - 1) / kBlock * kBlock;
      for (int64_t t = end - 1; t >= begin; t--) go_back(group, begin, t, end);
      add_products((end - begin) * kGroup, sums);
      end = begin;
    }
  }

 private:
  // Step t of the block begin .. end - 1.
  void go_back(int64_t group, int64_t begin, int64_t t, int64_t end) {
    const int64_t features = sizes_.features, units = sizes_.units, time = sizes_.time;
    const int64_t rows = sizes_.rows(group), kept = sizes_.cached_row();
    const float* cached = given_.cache + group * sizes_.cached_group();
    for (int64_t r = 0; r < rows; r++) {
      const int64_t example = group * kGroup + r, at = example * time + t;
      float* d_hidden = d_inputs_.at(r * d_row_);
      if (given_.all_states || t == time - 1) {
        const float* more = given_.d_states + (given_.all_states ? at : example) * units;
        for (int64_t u = 0; u < units; u++) d_hidden[u] += more[u];
      }
      float* row = input(t - begin, r);
      copy(row, given_.x + at * features, features);
      row[features] = 1;
      const float *now = cached + (t * rows + r) * kept, *before = now - rows * kept;
      if (t == begin) hidden(t > 0 ? before : nullptr, row + features + 1);
      float* next = t + 1 < end ? input(t + 1 - begin, r) + features + 1 : nullptr;
      step(now, t > 0 ? before + 4 * units : no_cells_.at(), d_hidden,
           d_cells_.at(r * sizes_.unit_row()), gates(t - begin, r), next);
      if (t > 0) {
        prefetch<false>(given_.x + (at - 1) * features, features);
        if (given_.all_states) prefetch<false>(given_.d_states + (at - 1) * units, units);
      }
    }
    if (t > 1) prefetch<false>(cached + (t - 2) * rows * kept, rows * kept);
    clear(d_inputs_.at(), rows * d_row_);
    multiply(rows, round_up(units + (given_.dx ? features : 0), kLanes), sizes_.columns(),
             gates(t - begin, 0), sizes_.gate_row(), 1, weights_.at(), d_row_, d_inputs_.at(),
             d_row_);
    for (int64_t r = 0; given_.dx && r < rows; r++) {
      const int64_t at = (group * kGroup + r) * time + t;
      copy(given_.dx + at * features, d_inputs_.at(r * d_row_ + units), features);
    }
  }

  float* input(int64_t step, int64_t row) {
    return inputs_.at((step * kGroup + row) * sizes_.input_row());
  }
  float* gates(int64_t step, int64_t row) {
    return d_gates_.at((step * kGroup + row) * sizes_.gate_row());
  }

  // The hidden states that belong to a row of the cache.
  void hidden(const float* cached, float* to) const {
    const int64_t units = sizes_.units;
    backwards_over(units, [&](int64_t u) {
      const Vector h = cached ? load(cached + 3 * units + u) * tanh(load(cached + 4 * units + u))
                              : Vector{};
      store(to + u, h);
    });
  }

  // One sequence's gradient of z from those of its hidden state and, for the step before, its cells.
  // Also the hidden state, which the next step had as an input.
  void step(const float* cached, const float* cells_before, const float* d_hidden, float* d_cells,
            float* d_z, float* next) const {
    const int64_t units = sizes_.units;
    backwards_over(units, [&](int64_t u) {
      const Vector i = load(cached + u), f = load(cached + units + u);
      const Vector g = load(cached + 2 * units + u), o = load(cached + 3 * units + u);
      const Vector y = tanh(load(cached + 4 * units + u)), dh = load(d_hidden + u);
      const Vector dc = load(d_cells + u) + dh * o * (1.0f - y * y);
      store(d_cells + u, dc * f);
      store(d_z + u, dc * g * i * (1.0f - i));
      store(d_z + units + u, dc * load(cells_before + u) * f * (1.0f - f));
      store(d_z + 2 * units + u, dc * i * (1.0f - g * g));
      store(d_z + 3 * units + u, dh * y * o * (1.0f - o));
      if (next) store(next + u, o * y);
    });
  }

  // Adds a block's inputs, transposed, times its gradients of z. Each block is summed from zero, which
  // rounds less than one long sum.
  void add_products(int64_t depth, Buffer& sums) {
    const int64_t row = sizes_.gate_row();
    for (int64_t m = 0; m < sizes_.inputs(); m += kStrip) {
      const int64_t rows = std::min(kStrip, sizes_.inputs() - m);
      clear(strip_.at(), rows * row);
      multiply(rows, round_up(sizes_.columns(), kLanes), depth, inputs_.at(m), 1,
               sizes_.input_row(), d_gates_.at(), row, strip_.at(), row);
      for (int64_t i = 0; i < rows * row; i++) sums.at(m * row)[i] += strip_.at()[i];
    }
  }

  const Sizes& sizes_;
  const Inputs& given_;
  const Buffer& weights_;
  int64_t d_row_;
  Buffer inputs_;    // [step, sequence, input_row]
  Buffer d_gates_;   // [step, sequence, gate_row]
  Buffer d_inputs_;  // [sequence, d_row]: of the hidden state before, then of the input
  Buffer d_cells_;   // [sequence, unit_row]
  Buffer no_cells_;
  Buffer strip_;     // [kStrip, gate_row]
};

// Inputs: gradient of the states, x, kernel and recurrent kernel as in lstm.cc, the cache. Outputs:
// gradients of the kernel, recurrent kernel and bias, and that of x if it is asked for.
void lstm_grad(Call& call) {
  const Sizes sizes(call, 1, 2, 3);
  const int64_t units = sizes.units, columns = sizes.columns(), z_row = sizes.gate_row();
  const bool all_states = call.integer("all_states") != 0;
  const bool of_input = call.integer("input_gradients") > 0;
  const float* d_states = call.floats(0, "gradient of the states", sizes.states(all_states));
  const Inputs given{all_states, d_states, call.floats(1), call.floats(4, "cache", sizes.cache()),
                     of_input ? call.output(3, call.shape(1)) : nullptr};
  const int64_t d_inputs = units + (of_input ? sizes.features : 0);
  const int64_t d_row = round_up(d_inputs, kLanes) | kLanes;
  Buffer weights(columns * d_row);
  for (int64_t k = 0; k < d_inputs; k++) {
    const float* from = k < units ? call.floats(3) + k * columns
                                  : call.floats(2) + (k - units) * columns;
    for (int64_t n = 0; n < columns; n++) weights.at(n * d_row)[k] = from[n];
  }
  const int64_t groups = sizes.groups(), count = std::min(groups, kSums);
  std::vector<Buffer> sums;
  for (int64_t i = 0; i < count; i++) sums.emplace_back(sizes.inputs() * z_row);
  parallel(count, [&](int64_t i) {
    Pass pass(sizes, given, weights, d_row);
    for (int64_t group = i; group < groups; group += count) pass.run(group, sums[i]);
  });
  float *d_kernel = call.output(0, {sizes.features, columns});
  float *d_recurrent = call.output(1, {units, columns}), *d_bias = call.output(2, {columns});
  for (int64_t k = 0; k < sizes.inputs(); k++) {
    float* to = sizes.part(k, d_kernel, d_bias, d_recurrent);
    copy(to, sums[0].at(k * z_row), columns);
    for (size_t i = 1; i < sums.size(); i++) {
      for (int64_t n = 0; n < columns; n++) to[n] += sums[i].at(k * z_row)[n];
    }
  }
}

const Registration<lstm_grad> op(
    "SerLstmGrad",
    {"d_states: float", "x: float", "kernel: float", "recurrent_kernel: float", "cache: float"},
    {"d_kernel: float", "d_recurrent_kernel: float", "d_bias: float",
     "d_x: input_gradients * float"},
    {"all_states: int", "input_gradients: int >= 0"});

}  // namespace
}  // namespace ser
