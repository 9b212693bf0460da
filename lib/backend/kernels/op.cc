#include "op.h"

#include <functional>
#include <numeric>

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

void compute(void* pointer, TF_OpKernelContext* context) {
  const Op& op = *static_cast<Op*>(pointer);
  try {
    Call call(context, op.attributes);
    op.compute(call);
  } catch (const std::exception& error) {
    Status status;
    TF_SetStatus(status, TF_INVALID_ARGUMENT, error.what());
    TF_OpKernelContext_Failure(context, status);
  }
}

void destroy(void* op) { delete static_cast<Op*>(op); }

// Shapes are known when the operation has run.
void unknown_shapes(TF_ShapeInferenceContext*, TF_Status* status) {
  TF_SetStatus(status, TF_OK, "");
}

void register_op(const Definition& op) {
  Status status;
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(op.name);
  for (const auto& attribute : op.attributes) {
    TF_OpDefinitionBuilderAddAttr(builder, attribute.c_str());
  }
  for (const auto& input : op.inputs) TF_OpDefinitionBuilderAddInput(builder, input.c_str());
  for (const auto& output : op.outputs) TF_OpDefinitionBuilderAddOutput(builder, output.c_str());
  TF_OpDefinitionBuilderSetShapeInferenceFunction(builder, unknown_shapes);
  TF_RegisterOpDefinition(builder, status);
  status.check();
  TF_KernelBuilder* kernel = TF_NewKernelBuilder(op.name, "CPU", op.create, compute, destroy);
  TF_RegisterKernelBuilder(op.name, kernel, status);
  status.check();
}

std::string to_string(const Shape& shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); i++) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

}  // namespace

int64_t size_of(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), int64_t{1}, std::multiplies<>());
}

void refuse(const std::string& expected, const Shape& received) {
  throw std::invalid_argument("expected " + expected + ", received " + to_string(received));
}

Op::Op(void (*compute)(Call&), const Signature& names, TF_OpKernelConstruction* construction)
    : compute(compute) {
  for (const std::string& attribute : names) {
    const std::string name = attribute.substr(0, attribute.find(':'));
    Status status;
    float number = 0;
    int64_t integer = 0;
    if (attribute == name + ": float") {
      TF_OpKernelConstruction_GetAttrFloat(construction, name.c_str(), &number, status);
    } else {
      TF_OpKernelConstruction_GetAttrInt64(construction, name.c_str(), &integer, status);
    }
    status.check();
    attributes[name] = number + static_cast<double>(integer);
  }
}

Call::Call(TF_OpKernelContext* context, const Attributes& attributes)
    : context_(context), attributes_(attributes), tensors_(TF_NumInputs(context)) {
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
  Status status;
  tensors_.push_back(TF_AllocateOutput(context_, index, TF_FLOAT, shape.data(),
                                       static_cast<int>(shape.size()),
                                       size_of(shape) * sizeof(float), status));
  status.check();
  return data<float>(static_cast<int>(tensors_.size()) - 1);
}

void Call::expect(int input, const char* name, const Shape& expected) const {
  if (shape(input) != expected) refuse(name + (" " + to_string(expected)), shape(input));
}

std::vector<Definition*>& definitions() {
  static std::vector<Definition*> all;
  return all;
}

}  // namespace ser

// Makes all operations known to TensorFlow; further calls return what the first did: an empty text, or what
// went wrong.
extern "C" const char* ser_register_ops() {
  static const std::string problem = [] {
    try {
      for (const auto* definition : ser::definitions()) ser::register_op(*definition);
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
    return std::string();
  }();
  return problem.c_str();
}
