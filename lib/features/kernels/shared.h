// Tables that are made once for all threads of the process.
#pragma once
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace ser {

// The plan that is kept for as long as the library is loaded: an equal one that is there already, or this.
template <typename Plan>
void* shared(Plan plan) {
  static std::mutex mutex;
  static std::vector<std::unique_ptr<Plan>> plans;
  const std::lock_guard<std::mutex> lock(mutex);
  for (const auto& kept : plans) {
    if (*kept == plan) return kept.get();
  }
  plans.push_back(std::make_unique<Plan>(std::move(plan)));
  return plans.back().get();
}

}  // namespace ser
