// Fourier transforms of several frames side by side: one in each lane.
#pragma once
#include <cmath>
#include <vector>

#include "lanes.h"

namespace ser {

struct Complex {
  Doubles re, im;
};

inline void add_turn(std::vector<double>& table, double turns) {
  table.push_back(std::cos(2 * M_PI * turns));
  table.push_back(-std::sin(2 * M_PI * turns));
}

// Where decimation in frequency leaves bin k of n.
inline int place(int k, int n) {
  return n <= 2 ? k : k % 4 * (n / 4) + place(k / 4, n / 4);
}

inline Complex operator+(const Complex& a, const Complex& b) { return {a.re + b.re, a.im + b.im}; }
inline Complex operator-(const Complex& a, const Complex& b) { return {a.re - b.re, a.im - b.im}; }
inline Complex times(const Complex& a, double re, double im) {
  return {a.re * re - a.im * im, a.re * im + a.im * re};
}

inline HalfFloats quarter(const Complex& z) { return to_floats((z.re * z.re + z.im * z.im) * 0.25); }

// The transform of 2n real numbers as one of n complex ones (Cooley & Tukey, radix 4, decimation in
// frequency), in place and one part after the other, so that parts stay in the nearest cache.
class RealFft {
 public:
  // size: a power of two >= 2.
  explicit RealFft(int size) : half_(size / 2) {
    for (int n = half_; n >= 4; n /= 4) {
      for (int k = 0; k < n / 4; k++) {
        for (int j = 1; j <= 3; j++) add_turn(twiddles_, static_cast<double>(j) * k / n);
      }
    }
    for (int k = 0; k <= half_ / 2; k++) add_turn(turns_, static_cast<double>(k) / size);
    for (int k = 0; k < half_; k++) place_.push_back(place(k, half_));
  }

  // work [size / 2]: numbers 2i and 2i + 1 of the frames as real and imaginary part; overwritten.
  // power [1 + size / 2]: |X|^2 rounded to float32.
  void power(Complex* work, HalfFloats* power) const {
    transform(work, half_, twiddles_.data());
    // X[k] = (even + turn * odd) / 2 from even = Z[k] + conj(Z[n - k]) and odd = -i (Z[k] - conj(Z[n - k]))
    for (int k = 0; k <= half_ / 2; k++) {
      const Complex a = work[place_[k]], b = work[place_[k == 0 ? 0 : half_ - k]];
      const Complex even = {a.re + b.re, a.im - b.im}, odd = {a.im + b.im, b.re - a.re};
      const Complex turned = times(odd, turns_[2 * k], turns_[2 * k + 1]);
      power[k] = quarter(even + turned);
      power[half_ - k] = quarter(even - turned);
    }
  }

 private:
  void transform(Complex* z, int n, const double* twiddles) const {
    if (n == 1) return;
    if (n == 2) {
      const Complex a = z[0], b = z[1];
      z[0] = a + b;
      z[1] = a - b;
      return;
    }
    const int q = n / 4;
    for (int k = 0; k < q; k++) {
      const double* w = twiddles + 6 * k;
      const Complex a = z[k], b = z[k + q], c = z[k + 2 * q], d = z[k + 3 * q];
      const Complex s = a + c, t = a - c, u = b + d, e = b - d;
      const Complex v = {e.im, -e.re};
      z[k] = s + u;
      z[k + q] = times(t + v, w[0], w[1]);
      z[k + 2 * q] = times(s - u, w[2], w[3]);
      z[k + 3 * q] = times(t - v, w[4], w[5]);
    }
    for (int part = 0; part < 4; part++) transform(z + part * q, q, twiddles + 6 * q);
  }

  int half_;
  std::vector<double> twiddles_;  // of each size in turn: cos and sin of k, 2k and 3k turns / size
  std::vector<double> turns_;     // cos and sin of k turns / (2 half_)
  std::vector<int> place_;        // where the transform leaves bin k
};

}  // namespace ser
