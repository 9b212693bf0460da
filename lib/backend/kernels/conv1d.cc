// One-dimensional convolution over time with stride 1, and its gradients. As the channels of a frame
// lie side by side, the frames that one output sees are one row of numbers, and rows of neighbouring
// outputs overlap: the convolution is a matrix product that needs no copy of its input. The gradient with
// respect to the input is a convolution with the kernel turned around (lib/backend/conv1d.ts).
#include <algorithm>
#include <cstring>
#include <vector>

#include "matrix_tile.h"
#include "op.h"
#include "parallel.h"

namespace ser {
namespace {

// Frames on both sides that count as zeros.
struct Padding {
  int before = 0, after = 0;
  Padding() = default;
  explicit Padding(const Attributes& attributes)
      : before(attributes.integer("pad_before")), after(attributes.integer("pad_after")) {}
};

struct Sequences {
  int64_t batch, time, channels;
  Sequences(const Shape& shape) {
    if (shape.size() != 3) {
      throw std::invalid_argument("expected [batch, time, channels], received " + to_string(shape));
    }
    batch = shape[0], time = shape[1], channels = shape[2];
  }
};

// The frames of one example with zeros around them, without a copy where there are none. The channels
// are filled up with zeros to `columns`.
class PaddedFrames {
 public:
  PaddedFrames(const Sequences& x, const Padding& padding, int64_t columns)
      : x_(x), padding_(padding), columns_(columns) {
    copies_ = padding.before > 0 || padding.after > 0 || columns != x.channels;
    if (copies_) buffer_.assign((padding.before + x.time + padding.after) * columns, 0.0f);
  }

  const float* of(const float* example) {
    if (!copies_) return example;
    float* to = buffer_.data() + padding_.before * columns_;
    for (int64_t t = 0; t < x_.time; t++) {
      std::memcpy(to + t * columns_, example + t * x_.channels, x_.channels * sizeof(float));
    }
    return buffer_.data();
  }

 private:
  Sequences x_;
  Padding padding_;
  int64_t columns_;
  bool copies_;
  std::vector<float> buffer_;
};

// Inputs: x [batch, time, in], kernel [size, in, out], bias [out]. Output: [batch, padded time - size + 1,
// out].
class Conv1d : public Op {
 public:
  explicit Conv1d(const Attributes& attributes) : padding_(attributes) {}

  void compute(Call& call) override {
    const Sequences x(call.shape(0)), kernel(call.shape(1));
    const int64_t size = kernel.batch, in = kernel.time, out = kernel.channels;
    call.expect(0, "x", {x.batch, x.time, in});
    call.expect(2, "bias", {out});
    const int64_t time = x.time + padding_.before + padding_.after - size + 1;
    if (time < 1) throw std::invalid_argument("expected at least as many frames as the kernel has");
    float* y = call.output(0, {x.batch, time, out});
    const float *input = call.floats(0), *bias = call.floats(2);
    const int64_t columns = round_up(out, kLanes);
    PaddedFrames rows(Shape{1, size * in, out}, Padding(), columns);
    const float* weights = rows.of(call.floats(1));
    parallel(static_cast<int>(x.batch), [&](int example) {
      PaddedFrames frames(x, padding_, in);
      const float* from = frames.of(input + example * x.time * in);
      float* to = y + example * time * out;
      std::vector<float> wide(columns == out ? 0 : time * columns);
      float* sums = columns == out ? to : wide.data();
      for (int64_t t = 0; t < time; t++) std::copy_n(bias, out, sums + t * columns);
      multiply(time, columns, size * in, from, in, 1, weights, columns, sums, columns);
      for (int64_t t = 0; sums != to && t < time; t++) {
        std::memcpy(to + t * out, sums + t * columns, out * sizeof(float));
      }
    });
  }

 private:
  Padding padding_;
};

// Inputs: x [batch, time, in] and the output's gradient [batch, time out, out]. Output: gradient of the
// kernel, [size, in, out]. A thread takes some rows of it over all examples, so that no sums have to be
// added up.
class Conv1dKernelGrad : public Op {
 public:
  explicit Conv1dKernelGrad(const Attributes& attributes) : padding_(attributes) {}

  void compute(Call& call) override {
    const Sequences x(call.shape(0)), dy(call.shape(1));
    const int64_t size = x.time + padding_.before + padding_.after - dy.time + 1;
    if (size < 1 || dy.batch != x.batch) {
      throw std::invalid_argument("expected a gradient of the convolution's output, received " +
                                  to_string(call.shape(1)));
    }
    const int64_t in = x.channels, out = dy.channels, columns = round_up(out, kLanes);
    float* gradient = call.output(0, {size, in, out});
    const float *inputs = call.floats(0), *gradients = call.floats(1);
    const int64_t rows = size * in, chunk = round_up((rows + kChunks - 1) / kChunks, kTileRows);
    parallel(static_cast<int>((rows + chunk - 1) / chunk), [&](int index) {
      const int64_t first = index * chunk, count = std::min(chunk, rows - first);
      PaddedFrames frames(x, padding_, in), wide(dy, Padding(), columns);
      std::vector<float> sums(count * columns);
      for (int64_t example = 0; example < x.batch; example++) {
        const float* a = frames.of(inputs + example * x.time * in) + first;
        const float* b = wide.of(gradients + example * dy.time * out);
        multiply(count, columns, dy.time, a, 1, in, b, columns, sums.data(), columns);
      }
      for (int64_t r = 0; r < count; r++) {
        std::memcpy(gradient + (first + r) * out, &sums[r * columns], out * sizeof(float));
      }
    });
  }

 private:
  static constexpr int64_t kChunks = 8;
  Padding padding_;
};

const Registration<Conv1d> conv1d_op("SerConv1d", {"x: float", "kernel: float", "bias: float"},
                                     {"y: float"}, {"pad_before: int", "pad_after: int"});
const Registration<Conv1dKernelGrad> kernel_grad_op("SerConv1dKernelGrad",
                                                    {"x: float", "dy: float"}, {"gradient: float"},
                                                    {"pad_before: int", "pad_after: int"});

}  // namespace
}  // namespace ser
