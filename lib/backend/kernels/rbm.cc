// An epoch of contrastive divergence (Hinton 2002) for a machine of ReLU units: lib/dbn/rbm.ts
// explains it and computes the same with TensorFlow's operations.
#include "dense.h"
#include "op.h"
#include "ops.h"
#include "parallel.h"
#include "team.h"

namespace ser {
namespace {

// What is known of a batch: of visible and hidden units, in the data (0) and the reconstruction (1).
struct Batch {
  Batch(const Dense& layer, int most)
      : visible(layer.inputs * kLanes),
        hidden(layer.rows * kLanes),
        stride(layer.stride),
        groups(groups_of(most)),
        v0(groups * visible),
        v1(groups * visible),
        h0(groups * hidden),
        h1(groups * hidden),
        fired(groups * hidden),
        rows0(groups * kLanes * stride),
        rows1(groups * kLanes * stride) {}

  int visible, hidden, stride, groups;
  Buffer v0, v1;        // columns of each group
  Buffer h0, h1;        // likewise; h1 is negative
  Buffer fired;         // likewise, 0 or 1
  Buffer rows0, rows1;  // v0 and v1, one example after the other
};

// Inputs: data [n, visible], order [n], N times uniform [hidden, m], W [hidden, visible], b [visible],
// c [hidden]. From example n on, batches are filled with m - n examples of zeros.
// With one uniform the statistics are hidden values, with two they are samples.
// Outputs: W, b, c, the reconstruction error.
class RbmEpoch : public Op {
 public:
  explicit RbmEpoch(const Attributes& attributes)
      : uniforms_(attributes.integer("N")),
        batch_size_(attributes.integer("batch_size")),
        rate_(attributes.number("rate")) {}

  void compute(Call& call) override {
    const Shape data = call.shape(0), weights = call.shape(2 + uniforms_);
    if (data.size() != 2 || weights.size() != 2) throw std::invalid_argument("expected matrices");
    const int n = static_cast<int>(data[0]);
    const int units = static_cast<int>(weights[0]), inputs = static_cast<int>(weights[1]);
    call.expect(0, "data", {n, inputs});
    call.expect(1, "order", {n});
    call.expect(3 + uniforms_, "b", {inputs});
    call.expect(4 + uniforms_, "c", {units});
    const Shape first = call.shape(2);
    const int examples = first.size() == 2 ? static_cast<int>(first[1]) : 0;
    if (examples < n) throw std::invalid_argument("expected uniform numbers of all examples");
    for (int i = 0; i < uniforms_; i++) call.expect(2 + i, "uniform", {units, examples});
    const int32_t* order = call.integers(1);
    for (int i = 0; i < n; i++) {
      if (order[i] < 0 || order[i] >= n) throw std::invalid_argument("expected an order of n");
    }

    Dense layer(units, inputs, call.floats(2 + uniforms_), call.floats(4 + uniforms_));
    Buffer b(round_up(inputs, TILE));
    std::copy_n(call.floats(3 + uniforms_), inputs, b.at());
    const Epoch epoch{n,
                      examples,
                      call.floats(0),
                      order,
                      call.floats(2),
                      uniforms_ > 1 ? call.floats(3) : nullptr};
    const double error = run(epoch, layer, b);
    layer.copy_weights(call.output(0, weights));
    std::copy_n(b.at(), inputs, call.output(1, {inputs}));
    std::copy_n(layer.b.at(), units, call.output(2, {units}));
    *call.output(3, {}) = static_cast<float>(error / n);
  }

 private:
  struct Epoch {
    int n, examples;
    const float* data;
    const int32_t* order;
    const float *first, *second;  // uniform numbers
  };

  double run(const Epoch& epoch, Dense& layer, Buffer& b) const {
    Batch batch(layer, std::min(batch_size_, epoch.examples));
    Buffer errors(epoch.n);
    Team::run(std::min(threads(), batch.groups), [&](Team& team) {
      for (int start = 0; start < epoch.examples; start += batch_size_) {
        const int count = std::min(batch_size_, epoch.examples - start);
        team.share(groups_of(count), [&](int g) {
          reconstruct(epoch, layer, b, start, group_of(count, g), g, batch);
        });
        const int parts = (layer.rows + PART - 1) / PART;
        team.share(parts + 1, [&](int part) {
          if (part == parts) return learn_biases(b, layer.inputs, count, batch);
          const int last = std::min((part + 1) * PART, layer.rows);
          for (int u = part * PART; u < last; u += TILE) learn(layer, u, count, batch);
        });
      }
      team.share(groups_of(epoch.n), [&](int g) {
        measure(epoch, layer, b, group_of(epoch.n, g), errors.at(g * kLanes));
      });
    });
    double error = 0;
    for (int i = 0; i < epoch.n; i++) error += errors.at()[i];
    return error;
  }

  // From the data to the reconstruction and its hidden values.
  void reconstruct(const Epoch& epoch, const Dense& layer, const Buffer& b, int start, Group group,
                   int g, Batch& batch) const {
    float *v0 = batch.v0.at(g * batch.visible), *v1 = batch.v1.at(g * batch.visible);
    float *h0 = batch.h0.at(g * batch.hidden), *h1 = batch.h1.at(g * batch.hidden);
    float* fired = batch.fired.at(g * batch.hidden);
    const bool sampled = epoch.second != nullptr;
    const Vector there = present(group.count);
    start += group.first;
    for (int lane = 0; lane < kLanes; lane++) {
      const int example = start + lane;
      if (lane < group.count && example < epoch.n) {
        to_lane(epoch.data + static_cast<size_t>(epoch.order[example]) * layer.inputs,
                layer.inputs, v0, lane);
      } else {
        for (int i = 0; i < layer.inputs; i++) v0[i * kLanes + lane] = 0;
      }
    }
    upward(layer, v0, [&](int u, Vector sums) {
      const Vector h = relu(sums);
      const Vector fires = sample(epoch, epoch.first, u, start, group.count, h);
      store(fired + u * kLanes, fires);
      store(h0 + u * kLanes, (sampled ? fires : h) * there);
    });
    downward(layer, fired, [&](int i, Vector sums) {
      store(v1 + i * kLanes, relu(sums + b.at()[i]) * there);
    });
    upward(layer, v1, [&](int u, Vector sums) {
      const Vector h = relu(sums);
      const Vector end = sampled ? sample(epoch, epoch.second, u, start, group.count, h) : h;
      store(h1 + u * kLanes, -end * there);
    });
    to_rows(v0, layer.inputs, group.count, batch.rows0.at(group.first * batch.stride), batch.stride);
    to_rows(v1, layer.inputs, group.count, batch.rows1.at(group.first * batch.stride), batch.stride);
  }

  static Vector sample(const Epoch& epoch, const float* uniform, int u, int start, int count,
                       Vector h) {
    const float* row = uniform + static_cast<size_t>(u) * epoch.examples + start;
    return load(row, count, 1) < h ? Vector{} + 1.0f : Vector{};
  }

  // Adds the correlations in the data, takes away those in the reconstruction: hidden units of a tile.
  void learn(Dense& layer, int u, int count, const Batch& batch) const {
    const int stride = batch.stride, groups = groups_of(count);
    for (int i = 0; i < stride; i += kLanes) {
      Vector tile[TILE] = {};
      for (int g = 0; g < groups; g++) {
        const Group group = group_of(count, g);
        const int columns = g * batch.hidden + u * kLanes, rows = group.first * stride + i;
        multiply_add(tile, group.count, batch.h0.at(columns), kLanes, 1, batch.rows0.at(rows),
                     stride);
        multiply_add(tile, group.count, batch.h1.at(columns), kLanes, 1, batch.rows1.at(rows),
                     stride);
      }
      for (int m = 0; m < TILE; m++) {
        float* w = layer.W.at((u + m) * stride + i);
        store(w, load(w) + tile[m] * rate_);
      }
    }
    for (int m = 0; m < TILE; m++) {
      Vector change = {};
      for (int g = 0; g < groups; g++) {
        const int at = g * batch.hidden + (u + m) * kLanes;
        change += load(batch.h0.at(at)) + load(batch.h1.at(at));
      }
      layer.b.at()[u + m] += sum(change) * rate_;
    }
  }

  // The same for the visible units' biases.
  void learn_biases(Buffer& b, int inputs, int count, const Batch& batch) const {
    for (int i = 0; i < inputs; i++) {
      Vector change = {};
      for (int g = 0; g < groups_of(count); g++) {
        const int at = g * batch.visible + i * kLanes;
        change += load(batch.v0.at(at)) - load(batch.v1.at(at));
      }
      b.at()[i] += sum(change) * rate_;
    }
  }

  // The squared error of each example's repetition.
  static void measure(const Epoch& epoch, const Dense& layer, const Buffer& b, Group group,
                      float* errors) {
    Buffer visible(layer.inputs * kLanes), hidden(layer.rows * kLanes);
    float *v = visible.at(), *h = hidden.at();
    for (int lane = 0; lane < group.count; lane++) {
      const size_t example = group.first + lane;
      to_lane(epoch.data + example * layer.inputs, layer.inputs, v, lane);
    }
    Vector error = {};
    upward(layer, v, [&](int u, Vector sums) { store(h + u * kLanes, relu(sums)); });
    downward(layer, h, [&](int i, Vector sums) {
      const Vector off = relu(sums + b.at()[i]) - load(v + i * kLanes);
      error += off * off;
    });
    for (int lane = 0; lane < group.count; lane++) errors[lane] = error[lane];
  }

  static constexpr int PART = 2 * TILE;  // units that a thread takes at once
  int uniforms_, batch_size_;
  float rate_;
};

}  // namespace

void register_rbm() {
  register_op<RbmEpoch>("SerRbmEpoch",
                        {"data: float", "order: int32", "uniforms: N * float", "w: float",
                         "b: float", "c: float"},
                        {"new_w: float", "new_b: float", "new_c: float", "error: float"},
                        {"N: int >= 1", "batch_size: int >= 1", "rate: float"});
}

}  // namespace ser
