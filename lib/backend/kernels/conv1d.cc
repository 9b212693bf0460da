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

constexpr int64_t kParts = 8;  // of the kernel's gradient

// Frames on both sides that count as zeros.
struct Padding {
  int64_t before = 0, after = 0;
  Padding() = default;
  explicit Padding(const Call& call)
      : before(call.integer("pad_before")), after(call.integer("pad_after")) {}
};

struct Sequences {
  int64_t batch, time, channels;
  Sequences(const Shape& shape) {
    if (shape.size() != 3) refuse("[batch, time, channels]", shape);
    batch = shape[0], time = shape[1], channels = shape[2];
  }
};

// Rows of `from` numbers as rows of `to` numbers.
void copy_rows(const float* source, int64_t rows, int64_t from, int64_t to, float* target) {
  for (int64_t r = 0; r < rows; r++) {
    std::memcpy(target + r * to, source + r * from, std::min(from, to) * sizeof(float));
  }
}

// The frames of one example with zeros around them, without a copy where there are none. The channels
// are filled up with zeros to `columns`.
class PaddedFrames {
 public:
  PaddedFrames(const Sequences& x, const Padding& padding, int64_t columns)
      : x_(x), columns_(columns), start_(padding.before * columns) {
    const int64_t around = padding.before + padding.after;
    if (around > 0 || columns != x.channels) buffer_.assign((around + x.time) * columns, 0.0f);
  }

  const float* of(const float* example) {
    if (buffer_.empty()) return example;
    copy_rows(example, x_.time, x_.channels, columns_, buffer_.data() + start_);
    return buffer_.data();
  }

 private:
  Sequences x_;
  int64_t columns_, start_;
  std::vector<float> buffer_;
};

// Inputs: x [batch, time, in], kernel [size, in, out], bias [out]. Output: [batch, padded time - size + 1,
// out].
void conv1d(Call& call) {
  const Padding padding(call);
  const Sequences x(call.shape(0)), kernel(call.shape(1));
  const int64_t size = kernel.batch, in = kernel.time, out = kernel.channels;
  const float *input = call.floats(0, "x", {x.batch, x.time, in});
  const float *bias = call.floats(2, "bias", {out});
  const int64_t time = x.time + padding.before + padding.after - size + 1;
  if (time < 1) throw std::invalid_argument("expected at least as many frames as the kernel has");
  float* y = call.output(0, {x.batch, time, out});
  const int64_t columns = round_up(out, kLanes);
  PaddedFrames rows(Shape{1, size * in, out}, Padding(), columns);
  const float* weights = rows.of(call.floats(1));
  parallel(x.batch, [&](int64_t example) {
    PaddedFrames frames(x, padding, in);
    const float* from = frames.of(input + example * x.time * in);
    float* to = y + example * time * out;
    std::vector<float> wide(columns == out ? 0 : time * columns);
    float* sums = columns == out ? to : wide.data();
    for (int64_t t = 0; t < time; t++) std::copy_n(bias, out, sums + t * columns);
    multiply(time, columns, size * in, from, in, 1, weights, columns, sums, columns);
    if (sums != to) copy_rows(sums, time, columns, out, to);
  });
}

// Inputs: x [batch, time, in] and the output's gradient [batch, time out, out]. Output: gradient of the
// kernel, [size, in, out]. A thread takes some rows of it over all examples, so that no sums have to be
// added up.
void kernel_grad(Call& call) {
  const Padding padding(call);
  const Sequences x(call.shape(0)), dy(call.shape(1));
  const int64_t size = x.time + padding.before + padding.after - dy.time + 1;
  if (size < 1 || dy.batch != x.batch) {
    refuse("a gradient of the convolution's output", call.shape(1));
  }
  const int64_t in = x.channels, out = dy.channels, columns = round_up(out, kLanes);
  float* gradient = call.output(0, {size, in, out});
  const float *inputs = call.floats(0), *gradients = call.floats(1);
  const int64_t rows = size * in, part = round_up((rows + kParts - 1) / kParts, kTileRows);
  parallel_parts(rows, part, [&](int64_t first, int64_t count) {
    PaddedFrames frames(x, padding, in), wide(dy, Padding(), columns);
    std::vector<float> sums(count * columns);
    for (int64_t example = 0; example < x.batch; example++) {
      const float* a = frames.of(inputs + example * x.time * in) + first;
      const float* b = wide.of(gradients + example * dy.time * out);
      multiply(count, columns, dy.time, a, 1, in, b, columns, sums.data(), columns);
    }
    copy_rows(sums.data(), count, columns, out, gradient + first * out);
  });
}

const Registration<conv1d> conv1d_op("SerConv1d", {"x: float", "kernel: float", "bias: float"},
                                     {"y: float"}, {"pad_before: int", "pad_after: int"});
const Registration<kernel_grad> kernel_grad_op("SerConv1dKernelGrad", {"x: float", "dy: float"},
                                               {"gradient: float"},
                                               {"pad_before: int", "pad_after: int"});

}  // namespace
}  // namespace ser
