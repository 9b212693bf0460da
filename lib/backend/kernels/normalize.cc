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
  int64_t first(int part) const { return rows * part / kParts; }
};

Table table(const Shape& shape) {
  if (shape.empty() || shape.back() < 1) {
    throw std::invalid_argument("expected [..., channels], received " + to_string(shape));
  }
  return {size_of(shape) / shape.back(), shape.back()};
}

// Sums over all rows of `count` quantities a channel; add(row, sums) adds one row.
template <class Add>
std::vector<float> column_sums(const Table& t, int count, Add add) {
  std::vector<std::vector<float>> parts(kParts);
  parallel(kParts, [&](int part) {
    std::vector<float> sums(count * t.channels);
    add(t.first(part), t.first(part + 1), sums.data());
    parts[part] = std::move(sums);
  });
  std::vector<float> sums(count * t.channels);
  for (const auto& part : parts) {
    for (size_t i = 0; i < sums.size(); i++) sums[i] += part[i];
  }
  return sums;
}

// Calls visit(row, factors) for the rows first .. last - 1, with the dropout factors of the row.
template <class Visit>
void with_factors(const DropoutMask& mask, int64_t channels, int64_t first, int64_t last,
                  Visit visit) {
  const int64_t block = DropoutMask::kBlock, begin = first * channels / block * block;
  const int64_t rows = std::max<int64_t>(1, 4096 / channels);
  std::vector<float> factors(rows * channels + block);
  for (int64_t row = first; row < last; row += rows) {
    const int64_t end = std::min(last, row + rows);
    const int64_t start = std::max(begin, row * channels / block * block);
    mask.factors(start, end * channels - start, factors.data());
    for (int64_t r = row; r < end; r++) visit(r, factors.data() + r * channels - start);
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

struct Settings {
  float epsilon, slope, keep;
  explicit Settings(const Attributes& attributes)
      : epsilon(attributes.number("epsilon")),
        slope(attributes.number("slope")),
        keep(attributes.number("keep")) {}
};

// Inputs: x [..., channels], gamma and beta [channels], seed and step [2]. Outputs: y like x; mean,
// biased variance and 1 / sqrt(variance + epsilon), each [channels].
class Normalize : public Op {
 public:
  explicit Normalize(const Attributes& attributes) : settings_(attributes) {}

  void compute(Call& call) override {
    const Shape shape = call.shape(0);
    const Table t = table(shape);
    const int64_t n = t.channels;
    call.expect(1, "gamma", {n});
    call.expect(2, "beta", {n});
    call.expect(3, "seed and step", {2});
    const float *x = call.floats(0), *gamma = call.floats(1), *beta = call.floats(2);
    const DropoutMask mask(settings_.keep, call.integers(3));
    float *y = call.output(0, shape), *mean = call.output(1, {n});
    float *variance = call.output(2, {n}), *inverse = call.output(3, {n});

    const std::vector<float> sums = column_sums(t, 1, [&](int64_t row, int64_t last, float* sum) {
      for (; row < last; row++) add_row(n, x + row * n, sum);
    });
    for (int64_t c = 0; c < n; c++) mean[c] = sums[c] / t.rows;
    const std::vector<float> squares = column_sums(t, 1, [&](int64_t row, int64_t last, float* sum) {
      for (; row < last; row++) add_squares(n, x + row * n, mean, sum);
    });
    for (int64_t c = 0; c < n; c++) {
      variance[c] = squares[c] / t.rows;
      inverse[c] = 1 / std::sqrt(variance[c] + settings_.epsilon);
    }
    std::vector<float> scale(n);
    for (int64_t c = 0; c < n; c++) scale[c] = gamma[c] * inverse[c];
    parallel(kParts, [&](int part) {
      const auto write = [&](int64_t row, const float* factors) {
        write_row(n, x + row * n, mean, scale.data(), beta, settings_.slope, factors, y + row * n);
      };
      with_factors(mask, n, t.first(part), t.first(part + 1), write);
    });
  }

 private:
  Settings settings_;
};

// Inputs: gradient of y; x, gamma, beta, seed and step as above; mean and inverse as they came out.
// Outputs: gradients of x, gamma and beta.
class NormalizeGrad : public Op {
 public:
  explicit NormalizeGrad(const Attributes& attributes) : settings_(attributes) {}

  void compute(Call& call) override {
    const Shape shape = call.shape(1);
    const Table t = table(shape);
    const int64_t n = t.channels;
    call.expect(0, "gradient", shape);
    for (int input : {2, 3, 5, 6}) call.expect(input, "one number a channel", {n});
    const float *dy = call.floats(0), *x = call.floats(1), *gamma = call.floats(2);
    const float *beta = call.floats(3), *mean = call.floats(5), *inverse = call.floats(6);
    const DropoutMask mask(settings_.keep, call.integers(4));
    float *dx = call.output(0, shape), *d_gamma = call.output(1, {n}), *d_beta = call.output(2, {n});

    const std::vector<float> sums = column_sums(t, 2, [&](int64_t row, int64_t last, float* sum) {
      const auto visit = [&](int64_t row, const float* factors) {
        gradient_row(n, dy + row * n, x + row * n, mean, inverse, gamma, beta, settings_.slope,
                     factors, dx + row * n, sum, sum + n);
      };
      with_factors(mask, n, row, last, visit);
    });
    std::vector<float> scale(n), mean_dz(n), mean_dz_x(n);
    for (int64_t c = 0; c < n; c++) {
      d_beta[c] = sums[c];
      d_gamma[c] = sums[n + c];
      scale[c] = gamma[c] * inverse[c];
      mean_dz[c] = sums[c] / t.rows;
      mean_dz_x[c] = sums[n + c] / t.rows;
    }
    parallel(kParts, [&](int part) {
      for (int64_t row = t.first(part); row < t.first(part + 1); row++) {
        centre_row(n, x + row * n, mean, inverse, mean_dz.data(), mean_dz_x.data(), scale.data(),
                   dx + row * n);
      }
    });
  }

 private:
  Settings settings_;
};

#undef ROW
#undef INPUT

const Registration<Normalize> normalize_op(
    "SerNormalize", {"x: float", "gamma: float", "beta: float", "seed: int32"},
    {"y: float", "mean: float", "variance: float", "inverse: float"},
    {"epsilon: float", "slope: float", "keep: float"});
const Registration<NormalizeGrad> normalize_grad_op(
    "SerNormalizeGrad",
    {"dy: float", "x: float", "gamma: float", "beta: float", "seed: int32", "mean: float",
     "inverse: float"},
    {"dx: float", "d_gamma: float", "d_beta: float"},
    {"epsilon: float", "slope: float", "keep: float"});

}  // namespace
}  // namespace ser
