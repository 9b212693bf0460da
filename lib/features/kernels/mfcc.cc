// Power spectra, mel bands, decibels and MFCCs of the frames of a signal, several frames at a time:
// one in each lane. Numbers are rounded to float32 where lib/features/*.ts keeps them as such.
#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "fft.h"
#include "lanes.h"
#include "shared.h"

namespace ser {
namespace {

constexpr int kRows = 8;  // coefficients computed together

struct Plan {
  explicit Plan(int size) : fft(size) {}

  bool operator==(const Plan& other) const {
    return size == other.size && hop == other.hop && bands == other.bands &&
           coefficients == other.coefficients && window == other.window && starts == other.starts &&
           ends == other.ends && weights == other.weights && basis == other.basis;
  }

  RealFft fft;
  int size, hop, bands, coefficients;
  std::vector<double> window;    // [size]
  std::vector<int> starts;       // [bands]: first bin of each mel filter
  std::vector<int> ends;         // [bands]: where its weights end in `weights`
  std::vector<double> weights;
  std::vector<double> basis;     // [groups of kRows coefficients][bands][kRows]
};

struct Work {
  explicit Work(const Plan& plan) : frames(plan.size / 2), power(plan.size / 2 + 1) {}
  std::vector<Complex> frames;
  std::vector<HalfFloats> power;
};

// Windowed frames first .. first + kDoubles - 1 and their power; lanes behind the last repeat it.
void power_of(const Plan& plan, const float* padded, int frames, int first, Work& work) {
  const float* lane[kDoubles];
  for (int i = 0; i < kDoubles; i++) {
    lane[i] = padded + int64_t{std::min(first + i, frames - 1)} * plan.hop;
  }
  for (int n = 0; n < plan.size; n += 2) {
    HalfFloats re, im;
    for (int i = 0; i < kDoubles; i++) {
      re[i] = lane[i][n];
      im[i] = lane[i][n + 1];
    }
    work.frames[n / 2] = {to_doubles(re) * plan.window[n], to_doubles(im) * plan.window[n + 1]};
  }
  plan.fft.power(work.frames.data(), work.power.data());
}

void mel_of(const Plan& plan, const Work& work, HalfFloats* bands) {
  int at = 0;
  for (int band = 0; band < plan.bands; band++) {
    const HalfFloats* power = work.power.data() + plan.starts[band];
    Doubles sum = {};
    for (; at < plan.ends[band]; at++) sum += plan.weights[at] * to_doubles(*power++);
    bands[band] = to_floats(sum);
  }
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

// Levels [bands] of the mel bands; the largest goes to `top`. False if a band is not finite.
bool levels_of(const Plan& plan, double floor, HalfFloats* bands, float& top) {
  Doubles least = Doubles{} + floor, largest = least;
  Integers finite = least == least;
  for (int band = 0; band < plan.bands; band++) {
    Doubles mel = to_doubles(bands[band]);
    finite &= mel <= FLT_MAX;
    mel = mel > least ? mel : least;
    largest = largest > mel ? largest : mel;
    bands[band] = to_floats(decibels(mel));
  }
  const HalfFloats highest = to_floats(decibels(largest));
  for (int i = 0; i < kDoubles; i++) {
    if (!finite[i]) return false;
    top = std::max(top, highest[i]);
  }
  return true;
}

// MFCCs [lanes][coefficients] of levels [bands] that are cut off at `lowest`.
void cepstrum_of(const Plan& plan, const HalfFloats* levels, float lowest, int lanes, float* output) {
  const double* basis = plan.basis.data();
  const HalfFloats least = HalfFloats{} + lowest;
  for (int first = 0; first < plan.coefficients; first += kRows) {
    Doubles sums[kRows] = {};
    for (int band = 0; band < plan.bands; band++, basis += kRows) {
      const Doubles level = to_doubles(levels[band] < least ? least : levels[band]);
      for (int k = 0; k < kRows; k++) sums[k] += basis[k] * level;
    }
    const int rows = std::min(kRows, plan.coefficients - first);
    for (int k = 0; k < rows; k++) {
      const HalfFloats rounded = to_floats(sums[k]);
      for (int i = 0; i < lanes; i++) output[i * plan.coefficients + first + k] = rounded[i];
    }
  }
}

}  // namespace
}  // namespace ser

// Keeps settings and tables for as long as the process lives. The mel filters are given as their first
// bins [bands], numbers of weights [bands] and all weights one after the other; the DCT's basis as
// [coefficients][bands].
extern "C" void* ser_mfcc_plan(int32_t size, int32_t hop, int32_t bands, int32_t coefficients,
                               const double* window, const int32_t* starts, const int32_t* lengths,
                               const float* weights, const double* basis) {
  using ser::kRows;
  ser::Plan plan(size);
  plan.size = size;
  plan.hop = hop;
  plan.bands = bands;
  plan.coefficients = coefficients;
  plan.window.assign(window, window + size);
  plan.starts.assign(starts, starts + bands);
  int end = 0;
  for (int band = 0; band < bands; band++) plan.ends.push_back(end += lengths[band]);
  plan.weights.assign(weights, weights + end);
  for (int first = 0; first < coefficients; first += kRows) {
    for (int band = 0; band < bands; band++) {
      for (int k = first; k < first + kRows; k++) {
        plan.basis.push_back(k < coefficients ? basis[k * bands + band] : 0);
      }
    }
  }
  return ser::shared(std::move(plan));
}

// Power [frames][1 + size / 2] of a signal of (frames - 1) * hop + size samples.
extern "C" void ser_power(const void* handle, const float* padded, int32_t frames, float* output) {
  const auto& plan = *static_cast<const ser::Plan*>(handle);
  const int bins = plan.size / 2 + 1;
  ser::Work work(plan);
  for (int first = 0; first < frames; first += ser::kDoubles) {
    ser::power_of(plan, padded, frames, first, work);
    const int lanes = std::min(ser::kDoubles, frames - first);
    for (int i = 0; i < lanes; i++) {
      float* row = output + int64_t{first + i} * bins;
      for (int k = 0; k < bins; k++) row[k] = work.power[k][i];
    }
  }
}

// MFCCs [frames][coefficients] of a signal of (frames - 1) * hop + size samples. Powers below `floor`
// count as `floor`, levels more than `top_db` below the highest as that.
// Returns 0 if a power is not finite; then the output means nothing.
extern "C" int32_t ser_mfcc(const void* handle, const float* padded, int32_t frames, double floor,
                            double top_db, float* output) {
  const auto& plan = *static_cast<const ser::Plan*>(handle);
  const int blocks = (frames + ser::kDoubles - 1) / ser::kDoubles;
  ser::Work work(plan);
  std::vector<ser::HalfFloats> levels(int64_t{blocks} * plan.bands);
  float top = -INFINITY;
  for (int block = 0; block < blocks; block++) {
    ser::HalfFloats* bands = levels.data() + int64_t{block} * plan.bands;
    ser::power_of(plan, padded, frames, block * ser::kDoubles, work);
    ser::mel_of(plan, work, bands);
    if (!ser::levels_of(plan, floor, bands, top)) return 0;
  }
  const float lowest = static_cast<float>(top - top_db);
  for (int block = 0; block < blocks; block++) {
    const int first = block * ser::kDoubles, lanes = std::min(ser::kDoubles, frames - first);
    ser::cepstrum_of(plan, levels.data() + int64_t{block} * plan.bands, lowest, lanes,
                     output + int64_t{first} * plan.coefficients);
  }
  return 1;
}
