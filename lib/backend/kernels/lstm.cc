// Long short-term memory over whole sequences that start from zero states, and its gradient
// (Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000). With z = x W + b + h U of input x
// and last hidden state h, cut into the input gate i, forget gate f, candidate g and output gate o:
//   c' = sigmoid(f) c + sigmoid(i) tanh(g),   h' = sigmoid(o) tanh(c').
//
// A step is one matrix product of rows [x | 1 | h] with [W ; b ; U], a tile at a time in registers, and
// then the gates. The batch is cut into groups of 8 sequences whatever the number of threads; a group
// goes through all of its steps alone, so that its states stay in the first-level cache and the weights
// in the second.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include "matrix_tile.h"
#include "op.h"
#include "ops.h"
#include "parallel.h"

namespace ser {
namespace {

constexpr int64_t kGroup = 8;  // sequences
// A tile of these rows and vectors, one row of B and one number of A fill the registers.
constexpr int kHeight = kRegisters == 32 ? 8 : 4, kWidth = 3;
// Steps whose gradients are kept, in the second-level cache, until the weights' gradient takes them up.
constexpr int64_t kBlock = 16;
// The most partial sums of the weights' gradient.
constexpr int64_t kSums = 16;

// Zeros, at the start of a cache line: a vector that lies in two lines costs twice.
class Buffer {
 public:
  explicit Buffer(int64_t size) : data_(allocate(size)) {}
  float* at(int64_t offset) { return data_.get() + offset; }
  const float* at(int64_t offset) const { return data_.get() + offset; }

 private:
  static float* allocate(int64_t size) {
    const size_t bytes = round_up(size * sizeof(float), 64);
    void* data = std::aligned_alloc(64, bytes);
    if (!data) throw std::bad_alloc();
    std::memset(data, 0, bytes);
    return static_cast<float*>(data);
  }
  struct Free {
    void operator()(float* data) const { std::free(data); }
  };
  std::unique_ptr<float, Free> data_;
};

void copy(float* to, const float* from, int64_t count) {
  std::memcpy(to, from, count * sizeof(float));
}

void clear(float* values, int64_t count) { std::memset(values, 0, count * sizeof(float)); }

// Lengths, checked against all inputs, and where things lie.
struct Sizes {
  int64_t batch, time, features, units;

  Sizes(Call& call, int x, int kernel, int recurrent) {
    const Shape input = call.shape(x), square = call.shape(recurrent);
    if (input.size() != 3 || input[0] * input[1] * input[2] == 0) {
      throw std::invalid_argument("expected x [batch, time, features], received " +
                                  to_string(input));
    }
    if (square.size() != 2 || square[0] == 0) {
      throw std::invalid_argument("expected recurrent kernel [units, 4 units], received " +
                                  to_string(square));
    }
    batch = input[0], time = input[1], features = input[2], units = square[0];
    call.expect(recurrent, "recurrent kernel", {units, columns()});
    call.expect(kernel, "kernel", {features, columns()});
  }

  int64_t columns() const { return 4 * units; }
  // [x | 1 | h]: the bias is the weight of an input that is always 1.
  int64_t inputs() const { return features + 1 + units; }
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

// The number of vectors of a tile that starts with vector v: 4 that are left are 2 tiles of 2, as one of
// a single vector waits for its loads.
int64_t width(int64_t v, int64_t vectors) {
  const int64_t left = vectors - v;
  return left == 4 ? 2 : std::min<int64_t>(kWidth, left);
}

// A matrix [depth, columns] as the right side of products: cut into panels as wide as a tile.
class Panels {
 public:
  Panels(int64_t depth, int64_t columns)
      : depth_(depth),
        vectors_((columns + kLanes - 1) / kLanes),
        data_(depth * vectors_ * kLanes) {}

  int64_t row_length() const { return vectors_ * kLanes; }

  void set_row(int64_t row, const float* values, int64_t count) {
    for (int64_t v = 0; v < vectors_; v += width(v, vectors_)) {
      const int64_t from = v * kLanes, step = width(v, vectors_) * kLanes;
      copy(panel(v) + row * step, values + from, std::min(step, count - from));
    }
  }

  void set_column(int64_t column, const float* values) {
    int64_t v = 0;
    while (column >= (v + width(v, vectors_)) * kLanes) v += width(v, vectors_);
    float* to = panel(v) + column - v * kLanes;
    for (int64_t k = 0; k < depth_; k++) to[k * width(v, vectors_) * kLanes] = values[k];
  }

  // c[r] = a[r] times this matrix, for a multiple of Height rows.
  template <int Height>
  void multiply(int64_t rows, const float* a, int64_t row_step, float* c) const {
    clear(c, rows * row_length());
    for (int64_t v = 0; v < vectors_; v += width(v, vectors_)) {
      for (int64_t r = 0; r < rows; r += Height) {
        const float* from = a + r * row_step;
        float* to = c + r * row_length() + v * kLanes;
        switch (width(v, vectors_)) {
          case 1: multiply_panel<Height, 1>(from, row_step, panel(v), to); break;
          case 2: multiply_panel<Height, 2>(from, row_step, panel(v), to); break;
          default: multiply_panel<Height, 3>(from, row_step, panel(v), to);
        }
      }
    }
  }

 private:
  float* panel(int64_t v) { return data_.at(v * kLanes * depth_); }
  const float* panel(int64_t v) const { return data_.at(v * kLanes * depth_); }

  template <int Height, int Width>
  void multiply_panel(const float* a, int64_t row_step, const float* panel, float* c) const {
    multiply_tile<Height, Width>(a, row_step, 1, panel, Width * kLanes, depth_, c, row_length());
  }

  int64_t depth_, vectors_;
  Buffer data_;
};

SER_INLINE Vector clamp(Vector x, float low, float high) {  // NaN stays NaN
  x = x < low ? broadcast(low) : x;
  return x > high ? broadcast(high) : x;
}

// 1 + exp(-x), the denominator of the logistic sigmoid: 2^n times a polynomial (Cephes, expf); relative
// error 1e-7. Beyond 28 the sigmoid differs from 0 or 1 by less than 1e-12, which does not count.
SER_INLINE Vector one_and_exponential(Vector x) {
  using Integers = int32_t __attribute__((vector_size(sizeof(Vector))));
  x = clamp(-x, -28.0f, 28.0f);
  // 1.5 * 2^23 and the exponent's bias: rounds n = x / log 2, and leaves n + 127 in the lowest bits
  const Vector shifted = x * 1.44269504f + 12583039.0f;
  const Vector n = shifted - 12583039.0f;
  x = x - n * 0.693359375f;
  x = x + n * 2.12194440e-4f;
  Vector p = x * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * x + 8.3334519073e-3f;
  p = p * x + 4.1665795894e-2f;
  p = p * x + 1.6666665459e-1f;
  p = p * x + 5.0000001201e-1f;
  p = p * x * x + x + 1.0f;
  return p * (Vector)((Integers)shifted << 23) + 1.0f;
}

struct Fraction {
  Vector over, under;
};

// tanh: an odd polynomial of degree 13 over an even one of degree 6; a few units in the last place.
SER_INLINE Fraction tanh_fraction(Vector x) {
  x = clamp(x, -7.90531110763549805f, 7.90531110763549805f);  // beyond, float32 has 1
  const Vector s = x * x;
  Vector p = s * -2.76076847742355e-16f + 2.00018790482477e-13f;
  p = p * s - 8.60467152213735e-11f;
  p = p * s + 5.12229709037114e-08f;
  p = p * s + 1.48572235717979e-05f;
  p = p * s + 6.37261928875436e-04f;
  p = p * s + 4.89352455891786e-03f;
  Vector q = s * 1.19825839466702e-06f + 1.18534705686654e-04f;
  q = q * s + 2.26843463243900e-03f;
  q = q * s + 4.89352518554385e-03f;
  return {x * p, q};
}

SER_INLINE Vector tanh(Vector x) {
  const Fraction fraction = tanh_fraction(x);
  return fraction.over / fraction.under;
}

struct Gates {
  Vector i, f, g, o;
};

// The sigmoids of i, f and o and the tanh of g, with one division for all four.
SER_INLINE Gates activate(Gates z) {
  const Vector i = one_and_exponential(z.i), f = one_and_exponential(z.f);
  const Vector o = one_and_exponential(z.o);
  const Fraction g = tanh_fraction(z.g);
  const Vector i_f = i * f, o_g = o * g.under, inverse = 1.0f / (i_f * o_g);
  const Vector of_i_f = inverse * o_g, of_o_g = inverse * i_f;
  return {of_i_f * f, of_i_f * i, of_o_g * o * g.over, of_o_g * g.under};
}

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

// Inputs: x [batch, time, features], kernel [features, 4 units], recurrent kernel [units, 4 units],
// bias [4 units]. Outputs: the hidden states of all steps or the last, and the cache if there is a
// gradient to come.
class Lstm : public Op {
 public:
  explicit Lstm(const Attributes& attributes)
      : all_states_(attributes.flag("all_states")), cached_(attributes.integer("caches") > 0) {}

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

// Inputs: gradient of the states, x, kernel and recurrent kernel as above, the cache. Outputs: gradients
// of the kernel, recurrent kernel and bias, and that of x if it is asked for.
class LstmGrad : public Op {
 public:
  explicit LstmGrad(const Attributes& attributes)
      : all_states_(attributes.flag("all_states")),
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

}  // namespace

void register_lstm() {
  register_op<Lstm>(
      "SerLstm", {"x: float", "kernel: float", "recurrent_kernel: float", "bias: float"},
      {"states: float", "cache: caches * float"}, {"all_states: bool", "caches: int >= 0"});
  register_op<LstmGrad>(
      "SerLstmGrad",
      {"d_states: float", "x: float", "kernel: float", "recurrent_kernel: float", "cache: float"},
      {"d_kernel: float", "d_recurrent_kernel: float", "d_bias: float",
       "d_x: input_gradients * float"},
      {"all_states: bool", "input_gradients: int >= 0"});
}

}  // namespace ser
