// A few threads that wait for work.
#pragma once
#include <functional>

namespace ser {

// Threads that take part, the caller's included: TF_NUM_INTRAOP_THREADS as in TensorFlow, else as many
// as the process may run on.
int threads();

// Calls task(0) .. task(count - 1), each once, on several threads, and waits for all. Which thread
// takes which is by chance, so a task must not depend on it. While it runs, numbers too small for
// the normal float format count as zero, which keeps the processor fast.
void parallel(int count, const std::function<void(int)>& task);

}  // namespace ser
