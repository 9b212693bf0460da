#include "random.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "op.h"
#include "parallel.h"

namespace ser {
namespace {

// Each lane holds a 32-bit word, so that products have room.
using Lanes = uint64_t __attribute__((vector_size(Philox::kCalls * sizeof(uint64_t))));

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

// A word as a number in [0, 1), as TensorFlow makes it: of 23 bits.
float uniform(uint32_t word) {
  return static_cast<float>(static_cast<int32_t>(word & 0x7FFFFF)) / 0x800000;
}

}  // namespace

// TensorFlow scrambles the seed by the same generator first.
Philox::Philox(const int32_t* seed) {
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

void Philox::words(int64_t first, uint32_t* to) const {
  Words words{};
  for (int i = 0; i < kCalls; i++) words.word[0][i] = static_cast<uint32_t>(first + i);
  words.word[2] += uint64_t{counter_[0]};
  words.word[3] += uint64_t{counter_[1]};
  philox(key_[0], key_[1], words);
  for (int i = 0; i < kCalls; i++) {
    for (int w = 0; w < 4; w++) to[4 * i + w] = static_cast<uint32_t>(words.word[w][i]);
  }
}

DropoutMask::DropoutMask(float keep, const int32_t* seed)
    : keep_(keep), by_bytes_(keep < 1 && std::floor(keep * 256) == keep * 256), philox_(seed) {}

void DropoutMask::factors(int64_t first, int64_t count, float* to) const {
  const float kept = 1 / keep_;
  if (keep_ == 1) {
    std::fill(to, to + count, kept);
    return;
  }
  const int per_call = by_bytes_ ? 16 : 4, per_round = per_call * Philox::kCalls;
  const uint32_t threshold = static_cast<uint32_t>(keep_ * 256);
  uint32_t words[Philox::kWords];
  uint8_t bytes[sizeof(words)];
  float block[kBlock];
  for (int64_t done = 0; done < count; done += per_round) {
    philox_.words((first + done) / per_call, words);
    if (by_bytes_) {
      std::memcpy(bytes, words, sizeof(words));
      for (int i = 0; i < per_round; i++) block[i] = bytes[i] < threshold ? kept : 0;
    } else {
      for (int i = 0; i < per_round; i++) block[i] = uniform(words[i]) < keep_ ? kept : 0;
    }
    std::copy_n(block, std::min<int64_t>(per_round, count - done), to + done);
  }
}

namespace {

constexpr int64_t kTask = int64_t{1} << 16;  // numbers of one task, a multiple of Philox::kWords

// Inputs: shape [dimensions]; seed and counter [2]. Output: numbers in [0, 1) of that shape.
void draw(Call& call) {
  const int64_t dimensions = call.shape(0).empty() ? 0 : call.shape(0)[0];
  const int32_t* sizes = call.integers(0, "shape", {dimensions});
  const Shape shape(sizes, sizes + dimensions);
  const Philox philox(call.integers(1, "seed and counter", {2}));
  float* numbers = call.output(0, shape);
  parallel_parts(size_of(shape), kTask, [&](int64_t first, int64_t count) {
    for (int64_t at = first; at < first + count; at += Philox::kWords) {
      uint32_t words[Philox::kWords];
      philox.words(at / 4, words);
      const int64_t last = std::min<int64_t>(Philox::kWords, first + count - at);
      for (int64_t i = 0; i < last; i++) numbers[at + i] = uniform(words[i]);
    }
  });
}

const Registration<draw> op("SerUniform", {"shape: int32", "seed: int32"}, {"numbers: float"});

}  // namespace
}  // namespace ser
