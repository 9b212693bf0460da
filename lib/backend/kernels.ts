/**
 * Whether there are operations of our own in C++ (the folder `kernels/`): where they are, the native
 * back end trains with them, elsewhere with TensorFlow's. Loading them is another module, so that
 * this one, and the layers that ask it, also run in browsers. @module
 */
import { nativeBackend } from "./native_ops.ts";

let registered = false;

/** Whether the operations of our own can be called: `SerAdam` and the others. */
export function hasKernels(): boolean {
  return registered && nativeBackend() !== undefined;
}

/** Says that TensorFlow knows the operations now. */
export function setRegistered(): void {
  registered = true;
}
