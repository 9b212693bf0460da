// Decodes the frames of a FLAC file (RFC 9639, section 9). The caller compares the MD5 sum of what comes
// out, so the checksums of single frames are not looked at; whatever the bytes are, nothing is read or
// written outside of the given memory.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace ser {
namespace {

constexpr int kMaxBlock = 65536, kMaxOrder = 32;

struct Damaged : std::runtime_error {
  Damaged() : std::runtime_error("damaged") {}
};

// Reads bits, the highest of a byte first.
class Bits {
 public:
  Bits(const uint8_t* bytes, int64_t length) : next_(bytes), end_(bytes + length) {}

  // 0 <= count <= 32
  uint32_t take(int count) {
    if (count == 0) return 0;
    need(count);
    const uint64_t value = window_ >> (64 - count);
    drop(count);
    return static_cast<uint32_t>(value);
  }

  int32_t take_signed(int count) {
    if (count == 0) return 0;
    const uint32_t value = take(count);
    return static_cast<int32_t>(value << (32 - count)) >> (32 - count);
  }

  // Zeros before the next one.
  uint32_t zeros() {
    uint32_t count = 0;
    while (true) {
      need(1);
      if (window_ != 0) break;
      count += held_;
      drop(held_);
    }
    const int more = __builtin_clzll(window_);
    drop(more + 1);
    return count + more;
  }

  // A number of Rice's code: quotient in zeros, remainder of k bits, sign in the lowest bit.
  int32_t rice(int k) {
    refill();
    const int run = window_ == 0 ? 64 : __builtin_clzll(window_);
    uint32_t value;
    if (run + 1 + k <= held_) {
      const uint64_t rest = window_ << (run + 1);
      value = static_cast<uint32_t>(run) << k | (k == 0 ? 0 : static_cast<uint32_t>(rest >> (64 - k)));
      drop(run + 1 + k);
    } else {
      const uint32_t quotient = zeros();
      value = quotient << k | take(k);
    }
    return static_cast<int32_t>(value >> 1) ^ -static_cast<int32_t>(value & 1);
  }

  void align() { drop(held_ % 8); }

 private:
  // Holds more than 48 bits, or all that are left.
  void refill() {
    if (held_ > 48) return;
    if (end_ - next_ >= 8) {
      uint64_t word;
      std::memcpy(&word, next_, 8);
      window_ |= __builtin_bswap64(word) >> held_;
      const int bytes = (63 - held_) / 8;
      next_ += bytes;
      held_ += 8 * bytes;
      if (held_ < 64) window_ &= ~uint64_t{0} << (64 - held_);
      return;
    }
    while (held_ <= 56 && next_ < end_) {
      window_ |= uint64_t{*next_++} << (56 - held_);
      held_ += 8;
    }
  }

  void need(int count) {
    if (held_ < count) refill();
    if (held_ < count) throw Damaged();
  }

  void drop(int count) {
    window_ = count == 64 ? 0 : window_ << count;
    held_ -= count;
  }

  const uint8_t *next_, *end_;
  uint64_t window_ = 0;  // the next bits, from the highest; those that are not held are 0
  int held_ = 0;
};

void check(bool right) {
  if (!right) throw Damaged();
}

struct Format {
  int channels, bits;
};

struct Header {
  int block, assignment;
};

Header read_header(Bits& bits, const Format& format) {
  check(bits.take(15) == 0x7ffc);  // synchronisation
  bits.take(1);                    // blocks of fixed or variable size
  const int block_code = bits.take(4), rate_code = bits.take(4);
  Header header{0, static_cast<int>(bits.take(4))};
  const int depth_code = bits.take(3);
  constexpr int kDepths[] = {0, 8, 12, -1, 16, 20, 24, 32};
  check(depth_code == 0 || kDepths[depth_code] == format.bits);
  check(header.assignment <= 10);
  check((header.assignment >= 8 ? 2 : header.assignment + 1) == format.channels);
  bits.take(1);
  const uint32_t first = bits.take(8);  // the frame's number, as UTF-8 has it
  for (uint32_t bit = 0x40; first >= 0xc0 && bit > 1 && (first & bit); bit >>= 1) bits.take(8);
  if (block_code == 1) header.block = 192;
  else if (block_code >= 2 && block_code <= 5) header.block = 144 << block_code;
  else if (block_code == 6) header.block = bits.take(8) + 1;
  else if (block_code == 7) header.block = bits.take(16) + 1;
  else if (block_code >= 8) header.block = 1 << block_code;
  check(header.block > 0 && header.block <= kMaxBlock);
  if (rate_code == 12) bits.take(8);
  if (rate_code == 13 || rate_code == 14) bits.take(16);
  bits.take(8);  // checksum of the header
  return header;
}

void read_residual(Bits& bits, int block, int order, int32_t* samples) {
  const int method = bits.take(2);
  check(method <= 1);
  const int parameter_bits = method == 0 ? 4 : 5, escape = method == 0 ? 15 : 31;
  const int partitions = 1 << bits.take(4), each = block / partitions;
  check(each * partitions == block && each >= order);
  int at = order;
  for (int partition = 0; partition < partitions; partition++) {
    const int end = (partition + 1) * each, k = bits.take(parameter_bits);
    if (k == escape) {
      const int width = bits.take(5);
      for (; at < end; at++) samples[at] = bits.take_signed(width);
    } else {
      for (; at < end; at++) samples[at] = bits.rice(k);
    }
  }
}

// samples[i] += (sum of coefficients[j] * samples[i - 1 - j]) >> shift. Sums wrap around where the
// file is damaged.
template <int kOrder, typename Sum>
void predict(int block, int shift, const int32_t* coefficients, int32_t* samples) {
  for (int i = kOrder; i < block; i++) {
    Sum sum = 0;
    for (int j = 0; j < kOrder; j++) {
      sum += static_cast<Sum>(coefficients[j]) * static_cast<Sum>(samples[i - 1 - j]);
    }
    samples[i] = static_cast<int32_t>(static_cast<uint32_t>(samples[i]) +
                                      static_cast<uint32_t>(sum >> shift));
  }
}

template <int kOrder = 1>
void predict_linear(int order, int block, int shift, const int32_t* coefficients, int32_t* samples) {
  if (order == kOrder) return predict<kOrder, int64_t>(block, shift, coefficients, samples);
  if constexpr (kOrder < kMaxOrder) {
    predict_linear<kOrder + 1>(order, block, shift, coefficients, samples);
  }
}

void read_subframe(Bits& bits, int block, int depth, int32_t* samples) {
  check(bits.take(1) == 0);
  const int type = bits.take(6);
  int wasted = 0;
  if (bits.take(1)) wasted = 1 + bits.zeros();
  check(wasted < depth);
  depth -= wasted;
  auto warm_up = [&](int order) {
    check(order <= block);
    for (int i = 0; i < order; i++) samples[i] = bits.take_signed(depth);
  };
  if (type == 0) {
    std::fill(samples, samples + block, bits.take_signed(depth));
  } else if (type == 1) {
    warm_up(block);
  } else if (type >= 8 && type <= 12) {
    constexpr int32_t kFixed[5][4] = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};
    const int order = type - 8;
    warm_up(order);
    read_residual(bits, block, order, samples);
    if (order > 0) predict_linear(order, block, 0, kFixed[order], samples);
  } else if (type >= 32) {
    const int order = type - 31;
    warm_up(order);
    const int precision = bits.take(4) + 1;
    check(precision <= 15);
    const int shift = bits.take_signed(5);
    check(shift >= 0);
    int32_t coefficients[kMaxOrder];
    for (int j = 0; j < order; j++) coefficients[j] = bits.take_signed(precision);
    read_residual(bits, block, order, samples);
    predict_linear(order, block, shift, coefficients, samples);
  } else {
    throw Damaged();
  }
  if (wasted > 0) {
    for (int i = 0; i < block; i++) samples[i] = static_cast<int32_t>(static_cast<uint32_t>(samples[i]) << wasted);
  }
}

// Undoes the coding of two channels as one and their difference.
void separate(int assignment, int block, int32_t* a, int32_t* b) {
  for (int i = 0; i < block; i++) {
    const uint32_t x = a[i], y = b[i];
    if (assignment == 8) {
      b[i] = x - y;
    } else if (assignment == 9) {
      a[i] = x + y;
    } else {
      const uint32_t sum = x << 1 | (y & 1);
      a[i] = static_cast<int32_t>(sum + y) >> 1;
      b[i] = static_cast<int32_t>(sum - y) >> 1;
    }
  }
}

// Every `step`th integer of `width` bytes; little endian wherever Deno runs.
template <int kWidth>
void store_each(const int32_t* samples, int count, int step, uint8_t* output) {
  for (int i = 0; i < count; i++) {
    std::memcpy(output + int64_t{i} * step * kWidth, &samples[i], kWidth);
  }
}

void store(const int32_t* samples, int count, int width, int step, uint8_t* output) {
  if (width == 1) store_each<1>(samples, count, step, output);
  if (width == 2) store_each<2>(samples, count, step, output);
  if (width == 3) store_each<3>(samples, count, step, output);
}

}  // namespace
}  // namespace ser

// Decodes frames [length bytes] to `samples` numbers of each channel: as float32 in [-1, 1),
// [channels][samples], and as the integers' ceil(bits / 8) bytes, channels interleaved. Returns how
// many of each channel are whole.
extern "C" int32_t ser_flac(const uint8_t* bytes, int32_t length, int32_t channels, int32_t depth,
                            int32_t samples, float* output, uint8_t* integers) {
  const ser::Format format{channels, depth};
  const int width = (depth + 7) / 8;
  const float scale = 1 / static_cast<float>(int64_t{1} << (depth - 1));
  std::vector<int32_t> memory(2 * ser::kMaxBlock);
  int32_t* const parts[] = {memory.data(), memory.data() + ser::kMaxBlock};
  int32_t done = 0;
  try {
    ser::Bits bits(bytes, length);
    while (done < samples) {
      const ser::Header header = ser::read_header(bits, format);
      const int side = header.assignment == 9 ? 0 : header.assignment >= 8 ? 1 : -1;
      for (int c = 0; c < channels; c++) {
        ser::read_subframe(bits, header.block, depth + (c == side), parts[c]);
      }
      if (header.assignment >= 8) ser::separate(header.assignment, header.block, parts[0], parts[1]);
      bits.align();
      bits.take(16);  // checksum of the frame
      ser::check(header.block <= samples - done);
      for (int c = 0; c < channels; c++) {
        float* channel = output + int64_t{c} * samples + done;
        for (int i = 0; i < header.block; i++) channel[i] = static_cast<float>(parts[c][i]) * scale;
        ser::store(parts[c], header.block, width, channels,
                   integers + (int64_t{done} * channels + c) * width);
      }
      done += header.block;
    }
  } catch (const ser::Damaged&) {
  }
  return done;
}
