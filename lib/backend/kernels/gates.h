// The activations of an LSTM's gates, a vector of units at a time.
#pragma once
#include "simd.h"

namespace ser {

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

}  // namespace ser
