// Threads that help one another through thousands of pieces of work, each of some microseconds.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "parallel.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace ser {

// A leader shares its work out, piece by piece, to whoever has come. It never waits for a helper that is
// still asleep, as one may be for milliseconds when another program has its core.
class Team {
 public:
  // Calls lead(team) once, with up to threads() - 1 helpers.
  static void run(int threads, const std::function<void(Team&)>& lead) {
    Team team;
    parallel(threads, [&](int member) {
      if (member > 0) return team.help();
      lead(team);
      team.publish(0);
    });
  }

  // For the leader: calls task(0) .. task(count - 1), each once, and waits for all. Which thread takes
  // which is by chance, so a task must not depend on it.
  void share(int count, const std::function<void(int)>& task) {
    task_ = &task;
    count_.store(count, std::memory_order_relaxed);
    finished_.store(0, std::memory_order_relaxed);
    publish(++round_);
    work(round_);
    for (int turn = 0; finished_.load(std::memory_order_acquire) < count; turn++) {
      if (turn < PATIENCE) pause();
      else std::this_thread::yield();
    }
  }

 private:
  static constexpr int PATIENCE = 400;  // turns: some 5 microseconds

  static void pause() {
#if defined(__SSE2__)
    _mm_pause();
#endif
  }

  // Round 0 is the end.
  void publish(uint64_t round) {
    state_.store(round << 32);
    if (sleepers_.load() == 0) return;
    { std::lock_guard<std::mutex> lock(mutex_); }
    wake_.notify_all();
  }

  void help() {
    for (uint64_t seen = NONE;;) {
      for (int turn = 0; turn < PATIENCE && round() == seen; turn++) pause();
      if (round() == seen) {
        std::unique_lock<std::mutex> lock(mutex_);
        sleepers_++;
        wake_.wait(lock, [&] { return round() != seen; });
        sleepers_--;
      }
      seen = round();
      if (seen == 0) return;
      work(seen);
    }
  }

  // Takes pieces of a round until there are none left. While one is in work the round cannot end.
  void work(uint64_t round) {
    for (uint64_t state = state_.load(); state >> 32 == round;) {
      const int piece = static_cast<int>(state & 0xffffffff);
      if (piece >= count_.load(std::memory_order_relaxed)) return;
      if (!state_.compare_exchange_weak(state, state + 1)) continue;
      (*task_)(piece);
      finished_.fetch_add(1, std::memory_order_release);
      state = state_.load();
    }
  }

  uint64_t round() const { return state_.load() >> 32; }

  static constexpr uint64_t NONE = 0xffffffff;  // before the first round
  const std::function<void(int)>* task_ = nullptr;
  uint64_t round_ = 0;
  alignas(64) std::atomic<uint64_t> state_{NONE << 32};  // round and next piece
  alignas(64) std::atomic<int> finished_{0};
  std::atomic<int> count_{0};
  std::atomic<int> sleepers_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
};

}  // namespace ser
