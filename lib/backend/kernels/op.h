// One TensorFlow operation of our own: its signature, its inputs and outputs, over TensorFlow's C API
// (tensorflow/c/ops.h, kernels.h). Values are float32 or int32 and dense, on the CPU.
#pragma once
#include <tensorflow/c/ops.h>
#include <tensorflow/c/tf_datatype.h>
#include <tensorflow/c/tf_status.h>
#include <tensorflow/c/tf_tensor.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

// Of tensorflow/c/kernels.h, which itself includes headers that do not come with the library; these
// functions are part of its stable C interface.
extern "C" {
struct TF_KernelBuilder;
struct TF_OpKernelConstruction;
struct TF_OpKernelContext;

TF_KernelBuilder* TF_NewKernelBuilder(const char* op, const char* device,
                                      void* (*create)(TF_OpKernelConstruction*),
                                      void (*compute)(void*, TF_OpKernelContext*),
                                      void (*destroy)(void*));
void TF_RegisterKernelBuilder(const char* name, TF_KernelBuilder*, TF_Status*);

void TF_OpKernelConstruction_GetAttrFloat(TF_OpKernelConstruction*, const char*, float*, TF_Status*);
void TF_OpKernelConstruction_GetAttrInt64(TF_OpKernelConstruction*, const char*, int64_t*,
                                          TF_Status*);

int TF_NumInputs(TF_OpKernelContext*);
void TF_GetInput(TF_OpKernelContext*, int, TF_Tensor**, TF_Status*);
TF_Tensor* TF_AllocateOutput(TF_OpKernelContext*, int index, TF_DataType, const int64_t* dims,
                             int num_dims, size_t bytes, TF_Status*);
void TF_OpKernelContext_Failure(TF_OpKernelContext*, TF_Status*);
}

namespace ser {

using Shape = std::vector<int64_t>;

int64_t size_of(const Shape& shape);

// Throws std::invalid_argument, which becomes TensorFlow's error.
[[noreturn]] void refuse(const std::string& expected, const Shape& received);

using Attributes = std::map<std::string, double>;

// One call of the operation.
class Call {
 public:
  Call(TF_OpKernelContext* context, const Attributes& attributes);
  ~Call();
  Call(const Call&) = delete;

  float number(const char* attribute) const { return attributes_.at(attribute); }
  int64_t integer(const char* attribute) const { return attributes_.at(attribute); }

  Shape shape(int input) const;
  // Throws unless the input has this shape.
  void expect(int input, const char* name, const Shape& shape) const;
  const float* floats(int input) const { return data<float>(input); }
  const float* floats(int input, const char* name, const Shape& shape) const {
    expect(input, name, shape);
    return data<float>(input);
  }
  const int32_t* integers(int input, const char* name, const Shape& shape) const {
    expect(input, name, shape);
    return data<int32_t>(input);
  }
  // A new output tensor; its values are undefined.
  float* output(int index, const Shape& shape);

 private:
  template <class T>
  T* data(int tensor) const { return static_cast<T*>(TF_TensorData(tensors_[tensor])); }

  TF_OpKernelContext* context_;
  const Attributes& attributes_;
  std::vector<TF_Tensor*> tensors_;  // the inputs, then outputs
};

// Parts of a signature, written as in TensorFlow's op definitions, for example "x: float" and "units: int".
using Signature = std::vector<std::string>;

struct Definition {
  const char* name;
  Signature inputs, outputs, attributes;
  void* (*create)(TF_OpKernelConstruction*);
};

// An operation with the attributes that it was made with.
struct Op {
  void (*compute)(Call&);
  Attributes attributes;
  Op(void (*compute)(Call&), const Signature& names, TF_OpKernelConstruction* construction);
};

// All of the library; a function, as files fill the list before main() in any order.
std::vector<Definition*>& definitions();

// One of a function makes it one of the operations that the library registers.
template <void (*Compute)(Call&)>
struct Registration {
  static inline Definition* definition = nullptr;
  Registration(const char* name, Signature inputs, Signature outputs, Signature attributes = {}) {
    const auto create = [](TF_OpKernelConstruction* construction) -> void* {
      return new Op(Compute, definition->attributes, construction);
    };
    definition = new Definition{name, inputs, outputs, attributes, create};
    definitions().push_back(definition);
  }
};

}  // namespace ser
