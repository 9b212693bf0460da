/** TensorFlow's own operations, called by name where the native back end runs. @module */
import * as tf from "@tensorflow/tfjs";

/** The value of one attribute of an operation, with the type that TensorFlow's C API wants. */
export interface OpAttribute {
  name: string;
  type: number;
  value: number | string | boolean;
}

/** What tfjs-node's back end offers beyond a tfjs back end. */
export interface NativeBackend extends tf.KernelBackend {
  /** Whether TensorFlow found a CUDA device. */
  isUsingGpuDevice: boolean;
  /** Constants of the C API. */
  binding: {
    TF_Version: string;
    TF_ATTR_TYPE: number;
    TF_ATTR_FLOAT: number;
    TF_ATTR_INT: number;
    TF_ATTR_BOOL: number;
    TF_ATTR_STRING: number;
    TF_FLOAT: number;
    TF_INT32: number;
    TF_INT64: number;
    TF_UINT8: number;
  };
  executeMultipleOutputs(
    name: string,
    attributes: OpAttribute[],
    inputs: tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
}

/** The native back end if it is the one that runs, else undefined. */
export function nativeBackend(): NativeBackend | undefined {
  return tf.getBackend() === "tensorflow" ? tf.backend() as NativeBackend : undefined;
}

/** Element types that an attribute can name. */
const TYPES = {
  float32: "TF_FLOAT",
  int32: "TF_INT32",
  int64: "TF_INT64",
  uint8: "TF_UINT8",
} as const;

/** Attributes of an operation: an element type, a number, a truth value or a string. */
export type Attributes = Record<
  string,
  keyof typeof TYPES | { float: number } | { int: number } | boolean | string
>;

/**
 * Runs one TensorFlow operation. No gradient is recorded: call it inside `tf.customGrad` or a
 * registered gradient, where the native back end runs.
 * @param name The operation, for example `"FusedBatchNormV3"`.
 * @param attributes Its attributes; `"float32"`, `"int32"`, `"int64"` and `"uint8"` stand for element
 * types.
 * @param inputs Its inputs, in order.
 * @param outputs How many tensors it returns. @default {1}
 */
export function runNative(
  name: string,
  attributes: Attributes,
  inputs: tf.Tensor[],
  outputs = 1,
): tf.Tensor[] {
  const backend = nativeBackend()!;
  const list = Object.entries(attributes).map(([key, value]) => attribute(backend, key, value));
  return backend.executeMultipleOutputs(name, list, inputs, outputs);
}

function attribute(
  { binding }: NativeBackend,
  name: string,
  value: Attributes[string],
): OpAttribute {
  if (typeof value === "string" && value in TYPES) {
    const type = TYPES[value as keyof typeof TYPES];
    return { name, type: binding.TF_ATTR_TYPE, value: binding[type] };
  }
  if (typeof value === "object") {
    return "int" in value
      ? { name, type: binding.TF_ATTR_INT, value: value.int }
      : { name, type: binding.TF_ATTR_FLOAT, value: value.float };
  }
  if (typeof value === "boolean") return { name, type: binding.TF_ATTR_BOOL, value };
  return { name, type: binding.TF_ATTR_STRING, value };
}
