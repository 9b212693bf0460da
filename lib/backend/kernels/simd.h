// Vectors of float32 of the processor's width, by the vector extensions of GCC and Clang.
#pragma once
#include <cstdint>

#define SER_INLINE static inline __attribute__((always_inline))

namespace ser {

#if defined(__AVX512F__)
constexpr int kLanes = 16, kRegisters = 32;
#elif defined(__AVX__)
constexpr int kLanes = 8, kRegisters = 16;
#else
constexpr int kLanes = 4, kRegisters = 16;
#endif

using Vector = float __attribute__((vector_size(kLanes * sizeof(float))));
using UnalignedVector = float
    __attribute__((vector_size(kLanes * sizeof(float)), aligned(sizeof(float)), may_alias));

SER_INLINE Vector load(const float* from) { return *reinterpret_cast<const UnalignedVector*>(from); }
SER_INLINE void store(float* to, Vector value) { *reinterpret_cast<UnalignedVector*>(to) = value; }
SER_INLINE Vector broadcast(float value) { return Vector{} + value; }

// The least multiple of `step` that is not less than `n`.
constexpr int64_t round_up(int64_t n, int64_t step) { return (n + step - 1) / step * step; }

}  // namespace ser
