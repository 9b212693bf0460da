/** The gradient of a convolution with respect to its filter, for a back end that lacks it. @module */
import * as tf from "@tensorflow/tfjs";

/**
 * Registers the kernel `Conv2DBackpropFilter`, composed of slices and matrix products: entry (i, j)
 * of the filter's gradient is `x_ij^T dy`, where `x_ij` are the inputs that the filter's tap (i, j)
 * met, one row per output position.
 * @param backendName The back end to complete, for example `"wasm"`.
 */
export function registerFilterGradient(backendName: string): void {
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as unknown as { x: tf.Tensor4D; dy: tf.Tensor4D };
      return filterGradient(x, dy, attrs as unknown as Convolution);
    },
  });
}

/** The convolution's attributes, as tfjs names them. */
interface Convolution {
  strides: [number, number] | number;
  pad: "valid" | "same" | number;
  dataFormat: "NHWC" | "NCHW";
  filterShape: [number, number, number, number];
}

/** `[filterHeight, filterWidth, inChannels, outChannels]` from x and dy, both `[batch, height, width, channels]`. */
function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, convolution: Convolution): tf.Tensor {
  const { strides, pad, dataFormat, filterShape } = convolution;
  if (dataFormat !== "NHWC") {
    throw new TypeError(
      `Cannot differentiate the convolution: expected data format NHWC, received ${dataFormat}`,
    );
  }
  return tf.tidy(() => {
    const { padInfo, strideHeight, strideWidth } = tf.backend_util.computeConv2DInfo(
      x.shape,
      filterShape,
      strides,
      1,
      pad,
    );
    const { top, bottom, left, right } = padInfo;
    const padded = x.pad([[0, 0], [top, bottom], [left, right], [0, 0]]);
    const [filterHeight, filterWidth, inChannels, outChannels] = filterShape;
    const [batch, outHeight, outWidth] = dy.shape;
    const dyRows = dy.reshape([-1, outChannels]);
    const taps: tf.Tensor[] = [];
    for (let i = 0; i < filterHeight; i++) {
      for (let j = 0; j < filterWidth; j++) {
        const met = padded.stridedSlice(
          [0, i, j, 0],
          [
            batch,
            i + (outHeight - 1) * strideHeight + 1,
            j + (outWidth - 1) * strideWidth + 1,
            inChannels,
          ],
          [1, strideHeight, strideWidth, 1],
        );
        taps.push(met.reshape([-1, inChannels]).matMul(dyRows, true));
      }
    }
    return tf.stack(taps).reshape(filterShape);
  });
}
