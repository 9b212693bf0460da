// A few threads that wait for work.
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>

namespace ser {

// Calls task(0) .. task(count - 1), each once, on several threads, and waits for all. Which thread
// takes which is by chance, so a task must not depend on it. While it runs, numbers too small for
// the normal float format count as zero, which keeps the processor fast.
void parallel(int64_t count, const std::function<void(int64_t)>& task);

// The same for parts of 0 .. size - 1: task(first, count), with `part` numbers each but for the last.
template <class Task>
void parallel_parts(int64_t size, int64_t part, Task task) {
  parallel((size + part - 1) / part,
           [&](int64_t i) { task(i * part, std::min(part, size - i * part)); });
}

}  // namespace ser
