// Batch normalisation, activation and dropout of a training step as one operation (Ioffe & Szegedy,
// 2015; Srivastava et al., 2014): what would be five passes over the data with as many tensors.
#include <algorithm>
#include <cmath>
#include <vector>

#include "op.h"
#include "parallel.h"
#include "random.h"

namespace ser {
namespace {

// Parts of the data that are summed apart and then in order, whatever number of threads there is.
constexpr int kParts = 16;

struct Table {
  int64_t rows, channels;
  int64_t first(int64_t part) const { return rows * part / kParts; }
};

Table table(const Shape& shape) {
  if (shape.empty() || shape.back() < 1) refuse("[..., channels]", shape);
  return {size_of(shape) / shape.back(), shape.back()};
}

// Calls visit(at) for the rows of a part, which start at number `at`.
template <class Visit>
void for_rows(const Table& t, int64_t part, Visit visit) {
  for (int64_t row = t.first(part); row < t.first(part + 1); row++) visit(row * t.channels);
}

// Sums over all rows of `count` quantities a channel; add(part, sums) adds those of one part.
template <class Add>
std::vector<float> column_sums(const Table& t, int64_t count, Add add) {
  std::vector<std::vector<float>> parts(kParts);
  parallel(kParts, [&](int64_t part) {
    std::vector<float> sums(count * t.channels);
    add(part, sums.data());
    parts[part] = std::move(sums);
  });
  std::vector<float> sums(count * t.channels);
  for (const auto& part : parts) {
    for (size_t i = 0; i < sums.size(); i++) sums[i] += part[i];
  }
  return sums;
}

// Calls visit(at, factors) for the rows of a part, with the dropout factors of the row.
template <class Visit>
void with_factors(const DropoutMask& mask, const Table& t, int64_t part, Visit visit) {
  const int64_t channels = t.channels, block = DropoutMask::kBlock;
  const int64_t begin = t.first(part) * channels / block * block, last = t.first(part + 1);
  const int64_t rows = std::max<int64_t>(1, 4096 / channels);
  std::vector<float> factors(rows * channels + block);
  for (int64_t row = t.first(part); row < last; row += rows) {
    const int64_t end = std::min(last, row + rows);
    const int64_t start = std::max(begin, row * channels / block * block);
    mask.factors(start, end * channels - start, factors.data());
    for (int64_t r = row; r < end; r++) visit(r * channels, factors.data() + r * channels - start);
  }
}

// The work on one row. All arrays are apart in memory, which the compiler must know to use vectors.
#define ROW float* __restrict
#define INPUT const float* __restrict

void add_row(int64_t n, INPUT x, ROW sum) {
  for (int64_t c = 0; c < n; c++) sum[c] += x[c];
}

void add_squares(int64_t n, INPUT x, INPUT mean, ROW sum) {
  for (int64_t c = 0; c < n; c++) sum[c] += (x[c] - mean[c]) * (x[c] - mean[c]);
}

void write_row(int64_t n, INPUT x, INPUT mean, INPUT scale, INPUT beta, float slope, INPUT factors,
               ROW y) {
  for (int64_t c = 0; c < n; c++) {
    const float z = (x[c] - mean[c]) * scale[c] + beta[c];
    y[c] = ((z > 0 ? z : slope * z) + 0.0f) * factors[c];  // no -0
  }
}

// The gradient of z, and its sums alone and times the normalised x.
void gradient_row(int64_t n, INPUT dy, INPUT x, INPUT mean, INPUT inverse, INPUT gamma, INPUT beta,
                  float slope, INPUT factors, ROW dz, ROW sum, ROW sum_x) {
  for (int64_t c = 0; c < n; c++) {
    const float normal = (x[c] - mean[c]) * inverse[c];
    const float z = normal * gamma[c] + beta[c];
    dz[c] = dy[c] * factors[c] * (z > 0 ? 1 : slope);
    sum[c] += dz[c];
    sum_x[c] += dz[c] * normal;
  }
}

// dz becomes the gradient of x.
void centre_row(int64_t n, INPUT x, INPUT mean, INPUT inverse, INPUT mean_dz, INPUT mean_dz_x,
                INPUT scale, ROW dz) {
  for (int64_t c = 0; c < n; c++) {
    const float normal = (x[c] - mean[c]) * inverse[c];
    dz[c] = (dz[c] - mean_dz[c] - normal * mean_dz_x[c]) * scale[c];
  }
}

// Inputs: x [..., channels], gamma and beta [channels], seed and step [2]. Outputs: y like x; mean,
// biased variance and 1 / sqrt(variance + epsilon), each [channels].
void normalize(Call& call) {
  const Table t = table(call.shape(0));
  const int64_t n = t.channels;
  const float epsilon = call.number("epsilon"), slope = call.number("slope");
  const float *x = call.floats(0), *gamma = call.floats(1, "gamma", {n});
  const float* beta = call.floats(2, "beta", {n});
  const DropoutMask mask(call.number("keep"), call.integers(3, "seed and step", {2}));
  float *y = call.output(0, call.shape(0)), *mean = call.output(1, {n});
  float *variance = call.output(2, {n}), *inverse = call.output(3, {n});

  const std::vector<float> sums = column_sums(t, 1, [&](int64_t part, float* sum) {
    for_rows(t, part, [&](int64_t at) { add_row(n, x + at, sum); });
  });
  for (int64_t c = 0; c < n; c++) mean[c] = sums[c] / t.rows;
  const std::vector<float> squares = column_sums(t, 1, [&](int64_t part, float* sum) {
    for_rows(t, part, [&](int64_t at) { add_squares(n, x + at, mean, sum); });
  });
  std::vector<float> scale(n);
  for (int64_t c = 0; c < n; c++) {
    variance[c] = squares[c] / t.rows;
    inverse[c] = 1 / std::sqrt(variance[c] + epsilon);
    scale[c] = gamma[c] * inverse[c];
  }
  parallel(kParts, [&](int64_t part) {
    with_factors(mask, t, part, [&](int64_t at, const float* factors) {
      write_row(n, x + at, mean, scale.data(), beta, slope, factors, y + at);
    });
  });
}

// Inputs: gradient of y; x, gamma, beta, seed and step as above; mean and inverse as they came out.
// Outputs: gradients of x, gamma and beta.
void normalize_grad(Call& call) {
  const Table t = table(call.shape(1));
  const int64_t n = t.channels;
  const float slope = call.number("slope");
  const auto per_channel = [&](int input) { return call.floats(input, "one number a channel", {n}); };
  const float *dy = call.floats(0, "gradient", call.shape(1)), *x = call.floats(1);
  const float *gamma = per_channel(2), *beta = per_channel(3);
  const float *mean = per_channel(5), *inverse = per_channel(6);
  const DropoutMask mask(call.number("keep"), call.integers(4, "seed and step", {2}));
  float* dx = call.output(0, call.shape(1));
  float *d_gamma = call.output(1, {n}), *d_beta = call.output(2, {n});

  const std::vector<float> sums = column_sums(t, 2, [&](int64_t part, float* sum) {
    with_factors(mask, t, part, [&](int64_t at, const float* factors) {
      gradient_row(n, dy + at, x + at, mean, inverse, gamma, beta, slope, factors, dx + at, sum,
                   sum + n);
    });
  });
  std::vector<float> scale(n), mean_dz(n), mean_dz_x(n);
  for (int64_t c = 0; c < n; c++) {
    d_beta[c] = sums[c];
    d_gamma[c] = sums[n + c];
    scale[c] = gamma[c] * inverse[c];
    mean_dz[c] = sums[c] / t.rows;
    mean_dz_x[c] = sums[n + c] / t.rows;
  }
  parallel(kParts, [&](int64_t part) {
    for_rows(t, part, [&](int64_t at) {
      centre_row(n, x + at, mean, inverse, mean_dz.data(), mean_dz_x.data(), scale.data(), dx + at);
    });
  });
}

#undef ROW
#undef INPUT

const Registration<normalize> normalize_op(
    "SerNormalize", {"x: float", "gamma: float", "beta: float", "seed: int32"},
    {"y: float", "mean: float", "variance: float", "inverse: float"},
    {"epsilon: float", "slope: float", "keep: float"});
const Registration<normalize_grad> normalize_grad_op(
    "SerNormalizeGrad",
    {"dy: float", "x: float", "gamma: float", "beta: float", "seed: int32", "mean: float",
     "inverse: float"},
    {"dx: float", "d_gamma: float", "d_beta: float"},
    {"epsilon: float", "slope: float", "keep: float"});

}  // namespace
}  // namespace ser
