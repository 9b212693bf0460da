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

struct Definition {
  const char* name;
  Signature inputs, outputs, attributes;
  void* (*create)(TF_OpKernelConstruction*);
};

// All of the library; a function, as files fill the list before main() in any order.
std::vector<Definition>& definitions() {
  static std::vector<Definition> all;
  return all;
}

void register_op(const Definition& op) {
  Status status;
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(op.name);
  for (const char* attribute : op.attributes) TF_OpDefinitionBuilderAddAttr(builder, attribute);
  for (const char* input : op.inputs) TF_OpDefinitionBuilderAddInput(builder, input);
  for (const char* output : op.outputs) TF_OpDefinitionBuilderAddOutput(builder, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(builder, unknown_shapes);
  TF_RegisterOpDefinition(builder, status);
  status.check();
  TF_KernelBuilder* kernel = TF_NewKernelBuilder(op.name, "CPU", op.create, compute, destroy);
  TF_RegisterKernelBuilder(op.name, kernel, status);
  status.check();
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

Call::Call(TF_OpKernelContext* context) : context_(context), tensors_(TF_NumInputs(context)) {
  Status status;
  for (size_t i = 0; i < tensors_.size(); i++) {
    TF_GetInput(context, static_cast<int>(i), &tensors_[i], status);
    status.check();
  }
}

Call::~Call() {
  for (TF_Tensor* tensor : tensors_) TF_DeleteTensor(tensor);
}

Shape Call::shape(int input) const {
  const TF_Tensor* t = tensors_[input];
  Shape shape(TF_NumDims(t));
  for (size_t i = 0; i < shape.size(); i++) shape[i] = TF_Dim(t, static_cast<int>(i));
  return shape;
}

float* Call::output(int index, const Shape& shape) {
  const int64_t size = size_of(shape) * sizeof(float);
  Status status;
  TF_Tensor* t = TF_AllocateOutput(context_, index, TF_FLOAT, shape.data(),
                                   static_cast<int>(shape.size()), size, status);
  status.check();
  tensors_.push_back(t);
  return static_cast<float*>(TF_TensorData(t));
}

void Call::expect(int input, const char* name, const Shape& expected) const {
  const Shape received = shape(input);
  if (received == expected) return;
  throw std::invalid_argument(std::string("expected ") + name + " " + to_string(expected) +
                              ", received " + to_string(received));
}

void detail::add(const char* name, Signature inputs, Signature outputs, Signature attributes,
                 void* (*create)(TF_OpKernelConstruction*)) {
  definitions().push_back({name, inputs, outputs, attributes, create});
}

}  // namespace ser

// Makes all operations known to TensorFlow; further calls return what the first did: an empty text, or what
// went wrong.
extern "C" const char* ser_register_ops() {
  static const std::string problem = [] {
    try {
      for (const auto& definition : ser::definitions()) ser::register_op(definition);
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
    return std::string();
  }();
  return problem.c_str();
}
