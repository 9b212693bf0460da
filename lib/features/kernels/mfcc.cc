// MFCCs of the frames of a signal, several frames at a time: one in each lane. Numbers are rounded to
// float32 where lib/features/*.ts keeps them as such.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

#include "fft.h"
#include "lanes.h"

namespace ser {
namespace {

constexpr int kRows = 8;  // coefficients computed together

// Settings and tables, as lib/features/kernels.ts keeps them.
struct Tables {
  int size, hop, bands, coefficients;
  const double* window;             // [size]
  const int32_t *starts, *lengths;  // [bands]: first bin and number of weights of each mel filter
  const double* weights;            // of all filters, one after the other
  const double* basis;              // of the DCT, [bands][coefficients], and kRows numbers more
};

// Windowed frames first .. first + kDoubles - 1, and their power; lanes behind the last repeat it.
void power_of(const Tables& t, const RealFft& fft, const float* padded, int frames, int first,
              Complex* work, HalfFloats* power) {
  const float* lane[kDoubles];
  for (int i = 0; i < kDoubles; i++) {
    lane[i] = padded + int64_t{std::min(first + i, frames - 1)} * t.hop;
  }
  for (int n = 0; n < t.size; n += 2) {
    HalfFloats re, im;
    for (int i = 0; i < kDoubles; i++) {
      re[i] = lane[i][n];
      im[i] = lane[i][n + 1];
    }
    work[n / 2] = {to_doubles(re) * t.window[n], to_doubles(im) * t.window[n + 1]};
  }
  fft.power(work, power);
}

// 10 log10(x) of normal numbers: x = 2^e m with sqrt(1/2) <= m < sqrt(2), log m = 2 artanh((m - 1) / (m + 1)).
Doubles decibels(Doubles x) {
  Integers bits;
  std::memcpy(&bits, &x, sizeof bits);
  constexpr long long kRoot = 0x3fe6a09e667f3bcd;  // sqrt(1/2)
  const Integers exponent = (bits - kRoot) >> 52;
  bits -= exponent << 52;
  Doubles m;
  std::memcpy(&m, &bits, sizeof m);
  const Doubles s = (m - 1) / (m + 1), square = s * s;
  Doubles series = s - s;
  for (int i = 19; i >= 1; i -= 2) series = series * square + 1.0 / i;
  const Doubles e = __builtin_convertvector(exponent, Doubles);
  return (e * M_LN2 + 2 * s * series) * (10 / M_LN10);
}

// Levels [bands] of the mel bands of a power spectrum; returns the largest.
float levels_of(const Tables& t, double floor, const HalfFloats* power, HalfFloats* levels) {
  const Doubles least = Doubles{} + floor;
  Doubles largest = least;
  const double* weight = t.weights;
  for (int band = 0; band < t.bands; band++) {
    const HalfFloats* bin = power + t.starts[band];
    Doubles sum = {};
    for (int i = 0; i < t.lengths[band]; i++) sum += *weight++ * to_doubles(*bin++);
    Doubles mel = to_doubles(to_floats(sum));
    mel = mel > least ? mel : least;
    largest = largest > mel ? largest : mel;
    levels[band] = to_floats(decibels(mel));
  }
  const HalfFloats highest = to_floats(decibels(largest));
  float top = highest[0];
  for (int i = 1; i < kDoubles; i++) top = std::max(top, highest[i]);
  return top;
}

// MFCCs [lanes][coefficients] of levels [bands] that are cut off at `lowest`.
void cepstrum_of(const Tables& t, const HalfFloats* levels, float lowest, int lanes, float* output) {
  const HalfFloats least = HalfFloats{} + lowest;
  for (int first = 0; first < t.coefficients; first += kRows) {
    const double* basis = t.basis + first;
    Doubles sums[kRows] = {};
    for (int band = 0; band < t.bands; band++, basis += t.coefficients) {
      const Doubles level = to_doubles(levels[band] < least ? least : levels[band]);
      for (int k = 0; k < kRows; k++) sums[k] += basis[k] * level;
    }
    for (int k = 0; k < std::min(kRows, t.coefficients - first); k++) {
      const HalfFloats rounded = to_floats(sums[k]);
      for (int i = 0; i < lanes; i++) output[i * t.coefficients + first + k] = rounded[i];
    }
  }
}

}  // namespace
}  // namespace ser

// MFCCs [frames][coefficients] of a signal of (frames - 1) * hop + size samples; sizes: size, hop, bands,
// coefficients, frames. Powers below `floor` count as `floor`, levels more than `top_db` below the highest
// as that.
extern "C" void ser_mfcc(const int32_t* sizes, const double* window, const int32_t* starts,
                         const int32_t* lengths, const double* weights, const double* basis,
                         const float* padded, double floor, double top_db, float* output) {
  const ser::Tables tables{sizes[0], sizes[1], sizes[2], sizes[3], window,
                           starts,   lengths,  weights,  basis};
  const int frames = sizes[4], blocks = (frames + ser::kDoubles - 1) / ser::kDoubles;
  thread_local std::map<int, ser::RealFft> made;
  const ser::RealFft& fft = made.try_emplace(tables.size, tables.size).first->second;
  std::vector<ser::Complex> work(tables.size / 2);
  std::vector<ser::HalfFloats> power(tables.size / 2 + 1), levels(int64_t{blocks} * tables.bands);
  float top = -INFINITY;
  for (int block = 0; block < blocks; block++) {
    ser::power_of(tables, fft, padded, frames, block * ser::kDoubles, work.data(), power.data());
    ser::HalfFloats* of_block = levels.data() + int64_t{block} * tables.bands;
    top = std::max(top, ser::levels_of(tables, floor, power.data(), of_block));
  }
  const float lowest = static_cast<float>(top - top_db);
  for (int block = 0; block < blocks; block++) {
    const int first = block * ser::kDoubles, lanes = std::min(ser::kDoubles, frames - first);
    ser::cepstrum_of(tables, levels.data() + int64_t{block} * tables.bands, lowest, lanes,
                     output + int64_t{first} * tables.coefficients);
  }
}
