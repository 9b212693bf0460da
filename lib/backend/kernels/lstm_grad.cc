// The gradient of an LSTM over whole sequences (lstm.cc), from the last step to the first
// (back-propagation through time).
#include <algorithm>
#include <vector>

#include "buffer.h"
#include "gates.h"
#include "lstm.h"
#include "panels.h"
#include "parallel.h"

namespace ser {
namespace {

// Steps whose gradients are kept, in the second-level cache, until the weights' gradient takes them up.
constexpr int64_t kBlock = 16;
// The most partial sums of the weights' gradient.
constexpr int64_t kSums = 16;

// Inputs: gradient of the states, x, kernel and recurrent kernel as above, the cache. Outputs: gradients
// of the kernel, recurrent kernel and bias, and that of x if it is asked for.
class LstmGrad : public Op {
 public:
  explicit LstmGrad(const Attributes& attributes)
      : all_states_(attributes.integer("all_states") != 0),
        of_input_(attributes.integer("input_gradients") > 0) {}

  void compute(Call& call) override {
    const Sizes sizes(call, 1, 2, 3);
    call.expect(0, "gradient of the states", sizes.states(all_states_));
    call.expect(4, "cache", sizes.cache());
    const Panels weights = pack(sizes, call.floats(2), call.floats(3));
    const float *d_states = call.floats(0), *x = call.floats(1), *cache = call.floats(4);
    float* dx = of_input_ ? call.output(3, call.shape(1)) : nullptr;
    const int64_t groups = sizes.groups(), count = std::min(groups, kSums);
    std::vector<Buffer> sums;
    for (int64_t i = 0; i < count; i++) {
      sums.emplace_back(round_up(sizes.inputs(), kHeight) * sizes.gate_row());
    }
    parallel(static_cast<int>(count), [&](int i) {
      Pass pass(*this, sizes, weights);
      for (int64_t group = i; group < groups; group += count) {
        pass.run(group, d_states, x, cache + group * sizes.cached_group(), dx, sums[i]);
      }
    });
    write(call, sizes, sums);
  }

 private:
  // Transposed and side by side, so that a step's gradients give that of the hidden state before and
  // that of the input in one product.
  Panels pack(const Sizes& sizes, const float* kernel, const float* recurrent) const {
    const int64_t columns = sizes.columns(), units = sizes.units;
    Panels panels(columns, units + (of_input_ ? sizes.features : 0));
    for (int64_t k = 0; k < units; k++) panels.set_column(k, recurrent + k * columns);
    for (int64_t k = 0; of_input_ && k < sizes.features; k++) {
      panels.set_column(units + k, kernel + k * columns);
    }
    return panels;
  }

  // Adds up the sums in order and cuts them into the weights' gradients.
  static void write(Call& call, const Sizes& sizes, const std::vector<Buffer>& sums) {
    const int64_t columns = sizes.columns(), features = sizes.features;
    float *d_kernel = call.output(0, {features, columns});
    float *d_recurrent = call.output(1, {sizes.units, columns});
    float *d_bias = call.output(2, {columns});
    for (int64_t k = 0; k < sizes.inputs(); k++) {
      float* to = k < features    ? d_kernel + k * columns
                  : k == features ? d_bias
                                  : d_recurrent + (k - features - 1) * columns;
      copy(to, sums[0].at(k * sizes.gate_row()), columns);
      for (size_t i = 1; i < sums.size(); i++) {
        const float* more = sums[i].at(k * sizes.gate_row());
        for (int64_t n = 0; n < columns; n++) to[n] += more[n];
      }
    }
  }

  // One group after another, each from its last step to its first.
  class Pass {
   public:
    Pass(const LstmGrad& op, const Sizes& sizes, const Panels& weights)
        : op_(op),
          sizes_(sizes),
          weights_(weights),
          inputs_(kBlock * kGroup * sizes.input_row()),
          d_gates_(kBlock * kGroup * sizes.gate_row()),
          d_inputs_(kGroup * weights.row_length() + kLanes),
          d_cells_(kGroup * sizes.unit_row()),
          no_cells_(sizes.unit_row()) {}

    void run(int64_t group, const float* d_states, const float* x, const float* cached, float* dx,
             Buffer& sums) {
      const int64_t features = sizes_.features, units = sizes_.units, time = sizes_.time;
      const int64_t rows = sizes_.rows(group), first = group * kGroup;
      const int64_t d_row = weights_.row_length();
      if (rows < kGroup) {  // the last group: what an earlier one left in the other rows
        clear(d_gates_.at(0), kBlock * kGroup * sizes_.gate_row());
      }
      clear(d_inputs_.at(0), kGroup * d_row);
      clear(d_cells_.at(0), kGroup * sizes_.unit_row());
      for (int64_t end = time; end > 0;) {
        const int64_t begin = (end - 1) / kBlock * kBlock;
        for (int64_t t = end - 1; t >= begin; t--) {
          for (int64_t r = 0; r < rows; r++) {
            const int64_t at = (first + r) * time + t;
            float* d_hidden = d_inputs_.at(r * d_row);
            if (op_.all_states_) add(d_hidden, d_states + at * units);
            else if (t == time - 1) add(d_hidden, d_states + (first + r) * units);
            float* row = input(t - begin, r);
            copy(row, x + at * features, features);
            row[features] = 1;
            const float* now = cached + (t * rows + r) * sizes_.cached_row();
            const float* before = now - rows * sizes_.cached_row();
            if (t == begin) hidden(t > 0 ? before : nullptr, row + features + 1);
            float* next = t + 1 < end ? input(t + 1 - begin, r) + features + 1 : nullptr;
            step(now, t > 0 ? before + 4 * units : no_cells_.at(0), d_hidden,
                 d_cells_.at(r * sizes_.unit_row()), gates(t - begin, r), next);
          }
          if (t > 0) {
            const int64_t step = rows * sizes_.cached_row();
            if (t > 1) prefetch<false>(cached + (t - 2) * step, step);
            for (int64_t r = 0; r < rows; r++) {
              const int64_t at = (first + r) * time + t - 1;
              prefetch<false>(x + at * features, features);
              if (op_.all_states_) prefetch<false>(d_states + at * units, units);
            }
          }
          weights_.multiply<kHeight>(kGroup, gates(t - begin, 0), sizes_.gate_row(),
                                     d_inputs_.at(0));
          for (int64_t r = 0; dx && r < rows; r++) {
            copy(dx + ((first + r) * time + t) * features, d_inputs_.at(r * d_row + units),
                 features);
          }
        }
        add_products((end - begin) * kGroup, sums);
        end = begin;
      }
    }

   private:
    float* input(int64_t step, int64_t row) {
      return inputs_.at((step * kGroup + row) * sizes_.input_row());
    }
    float* gates(int64_t step, int64_t row) {
      return d_gates_.at((step * kGroup + row) * sizes_.gate_row());
    }
    void add(float* to, const float* values) const {
      for (int64_t u = 0; u < sizes_.units; u++) to[u] += values[u];
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
      const int64_t vectors = (sizes_.columns() + kLanes - 1) / kLanes;
      for (int64_t v = 0; v < vectors; v += width(v, vectors)) {
        for (int64_t m = 0; m < sizes_.inputs(); m += kHeight) {
          float* to = sums.at(m * sizes_.gate_row() + v * kLanes);
          switch (width(v, vectors)) {
            case 1: add_tile<1>(depth, m, v, to); break;
            case 2: add_tile<2>(depth, m, v, to); break;
            default: add_tile<3>(depth, m, v, to);
          }
        }
      }
    }

    template <int Width>
    void add_tile(int64_t depth, int64_t m, int64_t v, float* to) {
      alignas(64) float tile[kHeight * Width * kLanes] = {};
      multiply_tile<kHeight, Width>(inputs_.at(m), 1, sizes_.input_row(), d_gates_.at(v * kLanes),
                                    sizes_.gate_row(), depth, tile, Width * kLanes);
      for (int r = 0; r < kHeight; r++) {
        for (int j = 0; j < Width * kLanes; j++) {
          to[r * sizes_.gate_row() + j] += tile[r * Width * kLanes + j];
        }
      }
    }

    const LstmGrad& op_;
    const Sizes& sizes_;
    const Panels& weights_;
    Buffer inputs_;    // [step, sequence, input_row]
    Buffer d_gates_;   // [step, sequence, gate_row]
    Buffer d_inputs_;  // [sequence, row of weights_]: of the hidden state before, then of the input
    Buffer d_cells_;   // [sequence, unit_row]
    Buffer no_cells_;
  };

  bool all_states_, of_input_;
};

const Registration<LstmGrad> lstm_grad_op(
    "SerLstmGrad",
    {"d_states: float", "x: float", "kernel: float", "recurrent_kernel: float", "cache: float"},
    {"d_kernel: float", "d_recurrent_kernel: float", "d_bias: float",
     "d_x: input_gradients * float"},
    {"all_states: int", "input_gradients: int >= 0"});

}  // namespace
}  // namespace ser
