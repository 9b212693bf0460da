#include "op.h"

namespace ser {
namespace {

struct Status {
  TF_Status* status = TF_NewStatus();
  ~Status() { TF_DeleteStatus(status); }
  operator TF_Status*() { return status; }
  void check() const {
    if (TF_GetCode(status) != TF_OK) throw std::invalid_argument(TF_Message(status));
  }
};

void compute(void* op, TF_OpKernelContext* context) {
  std::string problem;
  try {
    Call call(context);
    static_cast<Op*>(op)->compute(call);
    return;
  } catch (const std::exception& error) {
    problem = error.what();
  }
  Status status;
  TF_SetStatus(status, TF_INVALID_ARGUMENT, problem.c_str());
  TF_OpKernelContext_Failure(context, status);
}

void destroy(void* op) { delete static_cast<Op*>(op); }

// Shapes are known when the operation has run.
void unknown_shapes(TF_ShapeInferenceContext*, TF_Status* status) {
  TF_SetStatus(status, TF_OK, "");
}

}  // namespace

float Attributes::number(const char* name) const {
  Status status;
  float value = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status);
  status.check();
  return value;
}

int Attributes::integer(const char* name) const {
  Status status;
  int64_t value = 0;
  TF_OpKernelConstruction_GetAttrInt64(construction_, name, &value, status);
  status.check();
  return static_cast<int>(value);
}

bool Attributes::flag(const char* name) const {
  Status status;
  unsigned char value = 0;
  TF_OpKernelConstruction_GetAttrBool(construction_, name, &value, status);
  status.check();
  return value != 0;
}

Call::~Call() {
  for (TF_Tensor* tensor : held_) TF_DeleteTensor(tensor);
}

TF_Tensor* Call::tensor(int input) {
  for (auto& [index, tensor] : inputs_) {
    if (index == input) return tensor;
  }
  Status status;
  TF_Tensor* tensor = nullptr;
  TF_GetInput(context_, input, &tensor, status);
  status.check();
  held_.push_back(tensor);
  inputs_.emplace_back(input, tensor);
  return tensor;
}

void* Call::data(int input) { return TF_TensorData(tensor(input)); }

Shape Call::shape(int input) {
  TF_Tensor* t = tensor(input);
  Shape shape(TF_NumDims(t));
  for (size_t i = 0; i < shape.size(); i++) shape[i] = TF_Dim(t, static_cast<int>(i));
  return shape;
}

float* Call::output(int index, const Shape& shape) {
  int64_t size = sizeof(float);
  for (int64_t n : shape) size *= n;
  Status status;
  TF_Tensor* t = TF_AllocateOutput(context_, index, TF_FLOAT, shape.data(),
                                   static_cast<int>(shape.size()), size, status);
  status.check();
  held_.push_back(t);
  return static_cast<float*>(TF_TensorData(t));
}

void Call::expect(int input, const char* name, const Shape& expected) {
  const Shape received = shape(input);
  if (received == expected) return;
  throw std::invalid_argument(std::string("expected ") + name + " " + to_string(expected) +
                              ", received " + to_string(received));
}

void detail::register_op(const char* name, Signature inputs, Signature outputs,
                         Signature attributes, void* (*create)(TF_OpKernelConstruction*)) {
  Status status;
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(name);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, unknown_shapes);
  TF_RegisterOpDefinition(definition, status);
  status.check();
  TF_KernelBuilder* kernel = TF_NewKernelBuilder(name, "CPU", create, compute, destroy);
  TF_RegisterKernelBuilder(name, kernel, status);
  status.check();
}

}  // namespace ser
