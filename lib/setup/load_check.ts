/**
 * Run as a program: loads a compiled addon, multiplies two matrices in TensorFlow itself and prints
 * TensorFlow's version. A separate process, as a broken addon may end the process that loads it. @module
 */
import { createRequire } from "node:module";

/** The part of tfjs-node's addon that is used here. */
interface Binding {
  TF_Version: string;
  TF_FLOAT: number;
  TF_ATTR_TYPE: number;
  TF_ATTR_BOOL: number;
  createTensor(shape: number[], type: number, values: Float32Array): number;
  executeOp(op: string, attributes: unknown[], inputs: number[], outputs: number): { id: number }[];
  tensorDataSync(id: number): Float32Array;
}

function multiply(binding: Binding): Float32Array {
  const matrix = binding.createTensor([2, 2], binding.TF_FLOAT, new Float32Array([1, 2, 3, 4]));
  const attributes = [
    { name: "transpose_a", type: binding.TF_ATTR_BOOL, value: false },
    { name: "transpose_b", type: binding.TF_ATTR_BOOL, value: false },
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  ];
  const [product] = binding.executeOp("MatMul", attributes, [matrix, matrix], 1);
  return binding.tensorDataSync(product.id);
}

if (import.meta.main) {
  const binding: Binding = createRequire(import.meta.url)(Deno.args[0]);
  const product = multiply(binding).join(" ");
  if (product !== "7 10 15 22") {
    throw new Error(
      `Cannot use the addon: expected [1 2; 3 4]^2 = 7 10 15 22, received ${product}`,
    );
  }
  console.log(binding.TF_Version);
}
