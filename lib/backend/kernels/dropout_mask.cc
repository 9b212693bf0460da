#include "dropout_mask.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ser {

DropoutMask::DropoutMask(float keep, const int32_t* seed)
    : keep_(keep), by_bytes_(keep < 1 && std::floor(keep * 256) == keep * 256), philox_(seed) {}

void DropoutMask::factors(int64_t first, int64_t count, float* to) const {
  const float kept = 1 / keep_;
  if (keeps_all()) {
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

}  // namespace ser
