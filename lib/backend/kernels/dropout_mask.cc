#include "dropout_mask.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ser {
namespace {

// Philox 4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011) for kCalls counters side by side. Each lane
// holds a 32-bit word, so that products have room.
constexpr int kCalls = 16;
using Lanes = uint64_t __attribute__((vector_size(kCalls * sizeof(uint64_t))));

struct Words {
  Lanes word[4];
};

void philox(uint32_t key0, uint32_t key1, Words& x) {
  for (int round = 0; round < 10; round++) {
    const Lanes a = x.word[0] * uint64_t{0xD2511F53}, b = x.word[2] * uint64_t{0xCD9E8D57};
    x.word[0] = (b >> 32) ^ x.word[1] ^ uint64_t{key0};
    x.word[1] = b & uint64_t{0xFFFFFFFF};
    x.word[2] = (a >> 32) ^ x.word[3] ^ uint64_t{key1};
    x.word[3] = a & uint64_t{0xFFFFFFFF};
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
}

}  // namespace

// TensorFlow's stateless operations scramble the seed by the same generator first.
DropoutMask::DropoutMask(float keep, const int32_t* seed)
    : keep_(keep), by_bytes_(keep < 1 && std::floor(keep * 256) == keep * 256) {
  Words words{};
  for (int half = 0; half < 2; half++) {
    const int64_t wide = seed[half];
    words.word[2 * half][0] = static_cast<uint32_t>(wide);
    words.word[2 * half + 1][0] = static_cast<uint32_t>(wide >> 32);
  }
  philox(0x3EC8F720, 0x02461E29, words);
  for (int i = 0; i < 2; i++) {
    key_[i] = static_cast<uint32_t>(words.word[i][0]);
    counter_[i] = static_cast<uint32_t>(words.word[2 + i][0]);
  }
}

void DropoutMask::factors(int64_t first, int64_t count, float* to) const {
  const float kept = 1 / keep_;
  if (keeps_all()) {
    std::fill(to, to + count, kept);
    return;
  }
  const int per_call = by_bytes_ ? 16 : 4, per_round = per_call * kCalls;
  const uint32_t threshold = static_cast<uint32_t>(keep_ * 256);
  float block[kBlock];
  for (int64_t done = 0; done < count; done += per_round) {
    Words words{};
    for (int i = 0; i < kCalls; i++) words.word[0][i] = (first + done) / per_call + i;
    words.word[2] += uint64_t{counter_[0]};
    words.word[3] += uint64_t{counter_[1]};
    philox(key_[0], key_[1], words);
    uint32_t row[4 * kCalls];
    for (int i = 0; i < kCalls; i++) {
      for (int w = 0; w < 4; w++) row[4 * i + w] = static_cast<uint32_t>(words.word[w][i]);
    }
    if (by_bytes_) {
      uint8_t bytes[sizeof(row)];
      std::memcpy(bytes, row, sizeof(row));
      for (int i = 0; i < 16 * kCalls; i++) block[i] = bytes[i] < threshold ? kept : 0;
    } else {
      for (int i = 0; i < 4 * kCalls; i++) {
        const float uniform = static_cast<float>(row[i] & 0x7FFFFF) / 0x800000;
        block[i] = uniform < keep_ ? kept : 0;
      }
    }
    const int64_t wanted = std::min<int64_t>(per_round, count - done);
    std::memcpy(to + done, block, wanted * sizeof(float));
  }
}

}  // namespace ser
