// The entrance of the library.
#include <exception>
#include <string>

#include "ops.h"

// Makes all operations known to TensorFlow; further calls return what the first did: an empty text, or what
// went wrong.
extern "C" const char* ser_register_ops() {
  static const std::string problem = [] {
    try {
      ser::register_activate();
      ser::register_adam();
      ser::register_conv1d();
      ser::register_fine_tuning();
      ser::register_lstm();
      ser::register_lstm_grad();
      ser::register_normalize();
      ser::register_rbm();
      ser::register_uniform();
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
    return std::string();
  }();
  return problem.c_str();
}
