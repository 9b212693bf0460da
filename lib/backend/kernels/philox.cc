#include "philox.h"

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

}  // namespace ser
