// One TensorFlow operation of our own: its signature, its inputs and outputs, over TensorFlow's C API
// (tensorflow/c/ops.h, kernels.h). Values are float32 or int32 and dense, on the CPU.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernel_api.h"

namespace ser {

using Shape = std::vector<int64_t>;

inline int64_t size_of(const Shape& shape) {
  int64_t size = 1;
  for (int64_t n : shape) size *= n;
  return size;
}

inline std::string to_string(const Shape& shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); i++) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

// What the operation was made with.
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* construction) : construction_(construction) {}
  float number(const char* name) const;
  int integer(const char* name) const;

 private:
  TF_OpKernelConstruction* construction_;
};

// One call of the operation. Throws std::invalid_argument, which becomes TensorFlow's error.
class Call {
 public:
  explicit Call(TF_OpKernelContext* context);
  ~Call();
  Call(const Call&) = delete;

  Shape shape(int input) const;
  const float* floats(int input) const {
    return static_cast<const float*>(TF_TensorData(tensors_[input]));
  }
  const int32_t* integers(int input) const {
    return static_cast<const int32_t*>(TF_TensorData(tensors_[input]));
  }
  // A new output tensor; its values are undefined.
  float* output(int index, const Shape& shape);
  // Throws unless the input has this shape.
  void expect(int input, const char* name, const Shape& shape) const;

 private:
  TF_OpKernelContext* context_;
  std::vector<TF_Tensor*> tensors_;  // the inputs, then outputs
};

// An operation: made once for each set of attributes, called for each step.
class Op {
 public:
  virtual ~Op() = default;
  virtual void compute(Call& call) = 0;
};

// Parts of a signature, written as in TensorFlow's op definitions, for example "x: float" and "units: int".
using Signature = std::vector<const char*>;

namespace detail {
void add(const char* name, Signature inputs, Signature outputs, Signature attributes,
         void* (*create)(TF_OpKernelConstruction*));
}

// One of class T, constructed from Attributes, makes it one of the operations that the library registers.
template <class T>
struct Registration {
  Registration(const char* name, Signature inputs, Signature outputs, Signature attributes = {}) {
    detail::add(name, inputs, outputs, attributes, [](TF_OpKernelConstruction* construction) {
      return static_cast<void*>(static_cast<Op*>(new T(Attributes(construction))));
    });
  }
};

}  // namespace ser
