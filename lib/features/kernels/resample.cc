// Polyphase resampling (Crochiere & Rabiner, 1983) as a product of a banded matrix with many columns:
// output k = phase + block * up is the sum over i of coefficients[phase][i] * padded[first + block *
// down + i], where first = floor(phase * down / up) + 1. The lanes are blocks; several phases at
// a time share what is loaded of the signal.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "lanes.h"

namespace ser {
namespace {

constexpr int kPhases = kBytes / 8;  // as many sums as there are registers for
constexpr int kColumns = 2 * kFloats;  // blocks computed together
// At the centre, where the filter is large, products are summed in double: those of one in so many taps.
// The other coefficients are small, so that float32 sums of their products are right to half a unit in
// the last place of the signal, as long as there are not more than so many.
constexpr int kCentreParts = 24, kMostFloats = 400;

// Phases that follow one another; rows outside of a phase's own have coefficients of 0.
struct Group {
  int start;                  // the first row of the signal
  int before, centre, after;  // numbers of rows: in float, in double, in float
  std::vector<float> outer;   // [before + after][kPhases]
  std::vector<double> inner;  // [centre][kPhases]
};

struct Resampler {
  int up, down, taps, rows;
  std::vector<Group> groups;
};

Group make_group(const double* coefficients, int up, int down, int taps, int phase) {
  auto first = [&](int p) { return static_cast<int>(int64_t{p} * down / up) + 1; };
  const int last = std::min(phase + kPhases, up) - 1;
  Group group;
  group.start = first(phase);
  const int rows = first(last) + taps - group.start;
  group.before = group.after = std::min(taps - taps / kCentreParts, kMostFloats) / 2;
  group.centre = rows - group.before - group.after;
  for (int r = 0; r < rows; r++) {
    for (int p = phase; p < phase + kPhases; p++) {
      const int i = r + group.start - first(std::min(p, last));
      const bool own = p <= last && i >= 0 && i < taps;
      const double weight = own ? coefficients[int64_t{p} * taps + i] : 0;
      const bool central = r >= group.before && r < group.before + group.centre;
      if (central) group.inner.push_back(weight);
      else group.outer.push_back(static_cast<float>(weight));
    }
  }
  return group;
}

// sums[p][v] += weights[r][p] * signal[r][v], where signals are read as Narrow
template <class Narrow, class Weight, class Wide>
void add(const float* signal, int stride, const Weight* weights, int rows,
         Wide (&sums)[kPhases][2]) {
  for (int r = 0; r < rows; r++, signal += stride, weights += kPhases) {
    const Narrow* x = reinterpret_cast<const Narrow*>(signal);
    const Wide a = __builtin_convertvector(x[0], Wide), b = __builtin_convertvector(x[1], Wide);
    for (int p = 0; p < kPhases; p++) {
      sums[p][0] += weights[p] * a;
      sums[p][1] += weights[p] * b;
    }
  }
}

// The blocks from `block` on, one in a column: row r of column c is signal[(block + c) * down + r - taps / 2],
// 0 before its start and beyond its end. Rows from `down` on are those of the next column.
void fill(const Resampler& plan, const float* signal, int64_t length, int64_t block, int stride,
          float* columns) {
  const int extra = (plan.rows + plan.down - 1) / plan.down - 1;
  for (int c = 0; c < kColumns + extra; c++) {
    const int64_t from = (block + c) * plan.down - plan.taps / 2;
    for (int r = 0; r < plan.down; r++) {
      const bool there = from + r >= 0 && from + r < length;
      columns[r * stride + c] = there ? signal[from + r] : 0;
    }
  }
  for (int r = plan.down; r < plan.rows; r++) {
    const float* same = columns + (r - plan.down) * stride;
    std::copy(same + 1, same + stride, columns + r * stride);
  }
}

// Outputs of one group's phases, of kColumns blocks.
void compute(const Group& group, const float* columns, int stride,
             float (&result)[kPhases][kColumns]) {
  const float* signal = columns + group.start * stride;
  Floats outer[kPhases][2] = {};
  add<Floats>(signal, stride, group.outer.data(), group.before, outer);
  add<Floats>(signal + (group.before + group.centre) * stride, stride,
              group.outer.data() + group.before * kPhases, group.after, outer);
  for (int half = 0; half < 2; half++) {
    Doubles inner[kPhases][2] = {};
    add<HalfFloats>(signal + group.before * stride + half * kFloats, stride, group.inner.data(),
                    group.centre, inner);
    for (int p = 0; p < kPhases; p++) {
      for (int i = 0; i < kFloats; i++) {
        const double sum = inner[p][i / kDoubles][i % kDoubles] + outer[p][half][i];
        result[p][half * kFloats + i] = static_cast<float>(sum);
      }
    }
  }
}

}  // namespace
}  // namespace ser

// The coefficients [up][taps] of a ratio in the order in which they are used, for as long as the process
// lives.
extern "C" const void* ser_resampler(const double* coefficients, int32_t up, int32_t down,
                                     int32_t taps) {
  auto* plan = new ser::Resampler{up, down, taps, 0, {}};
  for (int phase = 0; phase < up; phase += ser::kPhases) {
    const auto group = ser::make_group(coefficients, up, down, taps, phase);
    plan->rows = std::max(plan->rows, group.start + group.before + group.centre + group.after);
    plan->groups.push_back(group);
  }
  return plan;
}

// Output [count] of a signal [length]; before and behind it there is silence.
extern "C" void ser_resample(const void* resampler, const float* signal, int32_t length,
                             float* output, int32_t count) {
  const auto& plan = *static_cast<const ser::Resampler*>(resampler);
  const int extra = (plan.rows + plan.down - 1) / plan.down - 1;
  const int stride = ser::kColumns + (extra + ser::kFloats - 1) / ser::kFloats * ser::kFloats;
  std::vector<ser::Floats> memory(int64_t{plan.rows} * stride / ser::kFloats + ser::kFloats);
  float* columns = reinterpret_cast<float*>(memory.data());
  for (int64_t block = 0; block * plan.up < count; block += ser::kColumns) {
    ser::fill(plan, signal, length, block, stride, columns);
    for (size_t g = 0; g < plan.groups.size(); g++) {
      float result[ser::kPhases][ser::kColumns];
      ser::compute(plan.groups[g], columns, stride, result);
      const int phase = static_cast<int>(g) * ser::kPhases;
      const int phases = std::min(ser::kPhases, plan.up - phase);
      for (int c = 0; c < ser::kColumns; c++) {
        const int64_t k = (block + c) * plan.up + phase;
        for (int p = 0; p < phases && k + p < count; p++) output[k + p] = result[p][c];
      }
    }
  }
}
