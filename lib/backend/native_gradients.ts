/** Gradients that one TensorFlow operation computes, in place of tfjs's composed ones. @module */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend, runNative } from "./native_ops.ts";

/**
 * Lets ReLU and LeakyReLU differentiate by `ReluGrad` and `LeakyReluGrad`: one pass over the data
 * instead of a step function, a cast and a product. Call when the native back end is set.
 */
export function registerNativeGradients(): void {
  replaceGradient({
    kernelName: "Relu",
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({
      x: () => runNative(nativeBackend()!, "ReluGrad", { T: "float32" }, [dy as tf.Tensor, y])[0],
    }),
  });
  replaceGradient({
    kernelName: "LeakyRelu",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => {
      const alpha = { float: attributes.alpha as number };
      const inputs = [dy as tf.Tensor, x];
      return {
        x: () => runNative(nativeBackend()!, "LeakyReluGrad", { T: "float32", alpha }, inputs)[0],
      };
    },
  });
}

function replaceGradient(config: tf.GradConfig): void {
  tf.unregisterGradient(config.kernelName);
  tf.registerGradient(config);
}
