// Vectors of as many numbers as the processor's registers hold; each lane works for itself, so the
// results do not depend on their number.
#pragma once

namespace ser {

#ifdef __AVX512F__
constexpr int kBytes = 64;
#else
constexpr int kBytes = 32;  // compilers split it where registers are smaller
#endif

constexpr int kDoubles = kBytes / sizeof(double), kFloats = kBytes / sizeof(float);

typedef double Doubles __attribute__((vector_size(kBytes)));
typedef long long Integers __attribute__((vector_size(kBytes)));
typedef float Floats __attribute__((vector_size(kBytes)));
typedef float HalfFloats __attribute__((vector_size(kBytes / 2)));  // as many as Doubles

inline Doubles to_doubles(HalfFloats x) { return __builtin_convertvector(x, Doubles); }
inline HalfFloats to_floats(Doubles x) { return __builtin_convertvector(x, HalfFloats); }

}  // namespace ser
