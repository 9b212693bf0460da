// The network of ReLU layers and a softmax that a deep belief network becomes: its answer, and an epoch
// of back-propagation under dropout. lib/dbn/network.ts and fine_tuning.ts explain them and compute the
// same with TensorFlow's operations.
#include <cmath>

#include "dense.h"
#include "op.h"
#include "ops.h"
#include "parallel.h"
#include "team.h"

namespace ser {
namespace {

// Reads `count` layers: weights from input `first` on, then biases.
std::vector<Dense> read_layers(Call& call, int first, int count, int features, float factor) {
  std::vector<Dense> layers;
  layers.reserve(count);
  int64_t inputs = features;
  for (int l = 0; l < count; l++) {
    const Shape shape = call.shape(first + l);
    const int64_t units = shape.empty() ? 0 : shape[0];
    call.expect(first + l, "weights", {units, inputs});
    call.expect(first + count + l, "biases", {units});
    const float scale = l < count - 1 ? factor : 1;
    layers.emplace_back(static_cast<int>(units), static_cast<int>(inputs), call.floats(first + l),
                        call.floats(first + count + l), scale);
    inputs = units;
  }
  return layers;
}

int examples_of(Call& call) {
  const Shape x = call.shape(0);
  if (x.size() == 2 && x[0] > 0) return static_cast<int>(x[0]);
  throw std::invalid_argument("expected x [n > 0, features], received " + to_string(x));
}

// The softmax of each example of a group, in place: columns [classes][kLanes].
void softmax(float* columns, int classes) {
  Vector most = load(columns);
  for (int c = 1; c < classes; c++) {
    const Vector z = load(columns + c * kLanes);
    most = z > most ? z : most;
  }
  Vector total = {};
  for (int c = 0; c < classes; c++) {
    Vector e = load(columns + c * kLanes) - most;
    for (int lane = 0; lane < kLanes; lane++) e[lane] = std::exp(e[lane]);
    total += e;
    store(columns + c * kLanes, e);
  }
  for (int c = 0; c < classes; c++) store(columns + c * kLanes, load(columns + c * kLanes) / total);
}

// Inputs: x [n, features], N weights, N biases. Output: probabilities [n, classes].
// Hidden layers are multiplied by `factor` before.
class Forward : public Op {
 public:
  explicit Forward(const Attributes& attributes)
      : count_(attributes.integer("N")), factor_(attributes.number("factor")) {}

  void compute(Call& call) override {
    const int n = examples_of(call), features = static_cast<int>(call.shape(0)[1]);
    const std::vector<Dense> layers = read_layers(call, 1, count_, features, factor_);
    const int classes = layers.back().units;
    const float* x = call.floats(0);
    float* probabilities = call.output(0, {n, classes});
    int widest = features;
    for (const Dense& layer : layers) widest = std::max(widest, layer.rows);
    const int groups = groups_of(n), tasks = std::min(threads(), groups);
    parallel(tasks, [&](int task) {
      Buffer values(widest * kLanes), next(widest * kLanes);
      for (int g = task; g < groups; g += tasks) {
        const Group group = group_of(n, g);
        for (int lane = 0; lane < group.count; lane++) {
          const size_t example = group.first + lane;
          to_lane(x + example * features, features, values.at(), lane);
        }
        for (const Dense& layer : layers) {
          const bool last = &layer == &layers.back();
          upward(layer, values.at(), [&](int u, Vector sums) {
            store(next.at(u * kLanes), last ? sums : relu(sums));
          });
          std::swap(values, next);
        }
        softmax(values.at(), classes);
        to_rows(values.at(), classes, group.count, probabilities + group.first * classes, classes);
      }
    });
  }

 private:
  int count_;
  float factor_;
};

// A layer during training: what came in and what goes back, for all groups of a batch.
struct Pass {
  Pass(const Dense& layer, int groups)
      : input_columns(layer.inputs * kLanes),
        unit_columns(layer.rows * kLanes),
        inputs(groups * input_columns),
        rows(groups * kLanes * layer.stride),
        deltas(groups * unit_columns) {}

  int input_columns, unit_columns;  // values of one group
  Buffer inputs;                    // after dropout, columns of each group
  Buffer rows;                      // the same, one example after the other
  Buffer deltas;                    // gradients of the sums times the step size, columns of each group
};

// Inputs: x [n, features], labels [n], order [n], N times uniform [inputs of a layer, n], N weights, N
// biases. Outputs: probabilities under dropout [n, classes] in the epoch's order, N weights, N biases.
class FineTuningEpoch : public Op {
 public:
  explicit FineTuningEpoch(const Attributes& attributes)
      : count_(attributes.integer("N")),
        batch_size_(attributes.integer("batch_size")),
        keep_(attributes.number("keep")),
        kept_(attributes.number("kept")),
        rate_(attributes.number("rate")),
        full_(attributes.flag("full")),
        decay_(attributes.number("decay")) {}

  void compute(Call& call) override {
    const int n = examples_of(call), features = static_cast<int>(call.shape(0)[1]);
    call.expect(1, "labels", {n});
    call.expect(2, "order", {n});
    std::vector<Dense> layers = read_layers(call, 3 + count_, count_, features, 1);
    const int classes = layers.back().units;
    Epoch epoch{n, call.floats(0), call.integers(1), call.integers(2), {}, nullptr};
    for (int l = 0; l < count_; l++) {
      call.expect(3 + l, "uniform", {layers[l].inputs, n});
      epoch.uniforms.push_back(call.floats(3 + l));
    }
    for (int i = 0; i < n; i++) {
      const bool in_order = epoch.order[i] >= 0 && epoch.order[i] < n;
      const bool in_classes = epoch.labels[i] >= 0 && epoch.labels[i] < classes;
      if (!in_order) throw std::invalid_argument("expected an order of n");
      if (!in_classes) throw std::invalid_argument("expected labels of the classes");
    }
    epoch.probabilities = call.output(0, {n, classes});
    run(epoch, layers);
    for (int l = 0; l < count_; l++) {
      const Dense& layer = layers[l];
      layer.copy_weights(call.output(1 + l, {layer.units, layer.inputs}));
      std::copy_n(layer.b.at(), layer.units, call.output(1 + count_ + l, {layer.units}));
    }
  }

 private:
  struct Epoch {
    int n;
    const float* x;
    const int32_t *labels, *order;
    std::vector<const float*> uniforms;
    float* probabilities;
  };

  void run(const Epoch& epoch, std::vector<Dense>& layers) const {
    const int groups = groups_of(std::min(batch_size_, epoch.n));
    std::vector<Pass> passes;
    for (const Dense& layer : layers) passes.emplace_back(layer, groups);
    std::vector<std::pair<int, int>> parts;  // layer and first unit
    for (int l = 0; l < count_; l++) {
      for (int u = 0; u < layers[l].rows; u += PART) parts.emplace_back(l, u);
    }
    Team::run(std::min(threads(), groups), [&](Team& team) {
      for (int start = 0; start < epoch.n; start += batch_size_) {
        const int count = std::min(batch_size_, epoch.n - start);
        const float rate = rate_ / (full_ ? batch_size_ : count);
        team.share(groups_of(count), [&](int g) {
          const Group group = group_of(count, g);
          forward(epoch, layers, start, group, g, passes);
          backward(epoch, layers, start, group, g, rate, passes);
        });
        team.share(static_cast<int>(parts.size()), [&](int part) {
          const auto [l, first] = parts[part];
          const int last = std::min(first + PART, layers[l].rows);
          for (int u = first; u < last; u += TILE) learn(layers[l], u, count, passes[l]);
        });
      }
    });
  }

  // Leaves the sums of the softmax layer in its deltas.
  void forward(const Epoch& epoch, const std::vector<Dense>& layers, int start, Group group, int g,
               std::vector<Pass>& passes) const {
    start += group.first;
    const int features = layers[0].inputs;
    float* x = passes[0].inputs.at(g * passes[0].input_columns);
    for (int lane = 0; lane < group.count; lane++) {
      const size_t example = epoch.order[start + lane];
      to_lane(epoch.x + example * features, features, x, lane);
    }
    for (int i = 0; i < features; i++) {
      const Vector value = load(x + i * kLanes);
      store(x + i * kLanes, drop(epoch, 0, i, start, group.count, value));
    }
    for (int l = 0; l < count_; l++) {
      Pass& pass = passes[l];
      const float* in = pass.inputs.at(g * pass.input_columns);
      const int stride = layers[l].stride;
      to_rows(in, layers[l].inputs, group.count, pass.rows.at(group.first * stride), stride);
      if (l == count_ - 1) {
        float* sums = pass.deltas.at(g * pass.unit_columns);
        upward(layers[l], in, [&](int u, Vector value) { store(sums + u * kLanes, value); });
        return;
      }
      float* next = passes[l + 1].inputs.at(g * passes[l + 1].input_columns);
      upward(layers[l], in, [&](int u, Vector sums) {
        store(next + u * kLanes, drop(epoch, l + 1, u, start, group.count, relu(sums)));
      });
    }
  }

  // Dropout of an input of a layer; absent examples are dropped, too.
  Vector drop(const Epoch& epoch, int layer, int input, int start, int count, Vector value) const {
    const float* row = epoch.uniforms[layer] + static_cast<size_t>(input) * epoch.n + start;
    return load(row, count, 1) < keep_ ? value * kept_ : Vector{};
  }

  void backward(const Epoch& epoch, const std::vector<Dense>& layers, int start, Group group, int g,
                float rate, std::vector<Pass>& passes) const {
    start += group.first;
    const int classes = layers.back().units;
    float* top = passes.back().deltas.at(g * passes.back().unit_columns);
    softmax(top, classes);
    to_rows(top, classes, group.count,
            epoch.probabilities + static_cast<size_t>(start) * classes, classes);
    for (int lane = 0; lane < group.count; lane++) {
      top[epoch.labels[epoch.order[start + lane]] * kLanes + lane] -= 1;
    }
    const Vector step = present(group.count) * rate;
    for (int c = 0; c < classes; c++) store(top + c * kLanes, load(top + c * kLanes) * step);
    for (int l = count_ - 1; l > 0; l--) {
      const float* deltas = passes[l].deltas.at(g * passes[l].unit_columns);
      const float* in = passes[l].inputs.at(g * passes[l].input_columns);
      float* below = passes[l - 1].deltas.at(g * passes[l - 1].unit_columns);
      downward(layers[l], deltas, [&](int i, Vector sums) {
        const Vector active = load(in + i * kLanes);  // not zero: the unit fired and was kept
        store(below + i * kLanes, active == 0.0f ? Vector{} : sums * kept_);
      });
    }
  }

  // The step of the units of a tile.
  void learn(Dense& layer, int u, int count, const Pass& pass) const {
    const int stride = layer.stride, groups = groups_of(count);
    for (int i = 0; i < stride; i += kLanes) {
      Vector tile[TILE] = {};
      for (int g = 0; g < groups; g++) {
        const Group group = group_of(count, g);
        multiply_add(tile, group.count, pass.deltas.at(g * pass.unit_columns + u * kLanes), kLanes, 1,
                     pass.rows.at(group.first * stride + i), stride);
      }
      for (int m = 0; m < TILE; m++) {
        float* w = layer.W.at((u + m) * stride + i);
        store(w, load(w) * decay_ - tile[m]);
      }
    }
    for (int m = 0; m < TILE; m++) {
      Vector change = {};
      for (int g = 0; g < groups; g++) {
        change += load(pass.deltas.at(g * pass.unit_columns + (u + m) * kLanes));
      }
      layer.b.at()[u + m] -= sum(change);
    }
  }

  static constexpr int PART = 2 * TILE;  // units that a thread takes at once
  int count_, batch_size_;
  float keep_, kept_, rate_;
  bool full_;
  float decay_;
};

}  // namespace

void register_fine_tuning() {
  register_op<Forward>("SerForward", {"x: float", "w: N * float", "b: N * float"},
                       {"probabilities: float"}, {"N: int >= 1", "factor: float"});
  register_op<FineTuningEpoch>(
      "SerFineTuningEpoch",
      {"x: float", "labels: int32", "order: int32", "uniforms: N * float", "w: N * float",
       "b: N * float"},
      {"probabilities: float", "new_w: N * float", "new_b: N * float"},
      {"N: int >= 1", "batch_size: int >= 1", "keep: float", "kept: float", "rate: float",
       "full: bool", "decay: float"});
}

}  // namespace ser
