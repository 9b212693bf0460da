#include "parallel.h"

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace ser {
namespace {

struct FlushDenormals {
#if defined(__SSE__)
  unsigned before = _mm_getcsr();
  FlushDenormals() { _mm_setcsr(before | 0x8040); }
  ~FlushDenormals() { _mm_setcsr(before); }
#endif
};

class Pool {
 public:
  explicit Pool(int helpers) {
    for (int i = 0; i < helpers; i++) std::thread([this] { help(); }).detach();
  }

  void run(int64_t count, const std::function<void(int64_t)>& task) {
    std::lock_guard<std::mutex> one_at_a_time(callers_);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      task_ = &task;
      count_ = count;
      next_ = 0;
      round_++;
    }
    wake_.notify_all();
    work();
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return busy_ == 0; });
    task_ = nullptr;
  }

 private:
  void help() {
    unsigned seen = 0;
    for (;;) {
      {
        std::unique_lock<std::mutex> lock(mutex_);
        wake_.wait(lock, [&] { return round_ != seen && task_; });
        seen = round_;
        busy_++;
      }
      work();
      std::lock_guard<std::mutex> lock(mutex_);
      busy_--;
      done_.notify_one();
    }
  }

  void work() {
    FlushDenormals flush;
    for (int64_t i; (i = next_++) < count_;) (*task_)(i);
  }

  std::mutex callers_, mutex_;
  std::condition_variable wake_, done_;
  const std::function<void(int64_t)>* task_ = nullptr;
  std::atomic<int64_t> next_{0};
  int64_t count_ = 0;
  int busy_ = 0;  // helpers at work; one that has taken a task is among them until it has done it
  unsigned round_ = 0;
};

// TF_NUM_INTRAOP_THREADS as in TensorFlow, else as many as the process may run on.
int count_threads() {
  const char* wish = std::getenv("TF_NUM_INTRAOP_THREADS");
  const int wished = wish ? std::atoi(wish) : 0;
  const int there = static_cast<int>(std::thread::hardware_concurrency());
  return wished > 0 ? wished : std::max(there, 1);
}

}  // namespace

void parallel(int64_t count, const std::function<void(int64_t)>& task) {
  static const int threads = count_threads();  // that take part, the caller's included
  if (threads == 1 || count <= 1) {
    FlushDenormals flush;
    for (int64_t i = 0; i < count; i++) task(i);
    return;
  }
  static Pool* pool = new Pool(threads - 1);  // lives as long as the process
  pool->run(count, task);
}

}  // namespace ser
