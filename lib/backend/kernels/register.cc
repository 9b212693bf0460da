// The entrance of the library.
#include <exception>
#include <string>

#include "ops.h"

// Makes all operations known to TensorFlow; once a process. Returns an empty text, or what went wrong.
extern "C" const char* ser_register_ops() {
  static std::string problem;
  try {
    ser::register_adam();
  } catch (const std::exception& error) {
    problem = error.what();
  }
  return problem.c_str();
}
