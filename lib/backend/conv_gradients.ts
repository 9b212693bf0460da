/**
 * Gradients of a two-dimensional convolution, each written as a convolution, for a back end whose own
 * are missing or slow. @module
 */
import * as tf from "@tensorflow/tfjs";

/** The convolution that is differentiated, as tfjs names its attributes. */
export interface Convolution {
  strides: [number, number] | number;
  pad: "valid" | "same" | number;
  dataFormat: "NHWC" | "NCHW";
}

/**
 * Gradient with respect to the filter. Entry (i, j) sums, over examples and output positions, input
 * times output gradient: a convolution of x with dy as the filter, in which examples take the
 * channels' place and channels the examples', dilated where the convolution has strides.
 * @param x Input, `[batch, height, width, inChannels]`.
 * @param dy Gradient of the output, `[batch, outHeight, outWidth, outChannels]`.
 * @param filterShape `[filterHeight, filterWidth, inChannels, outChannels]`.
 * @param convolution Its attributes.
 * @returns Shape of the filter.
 * @throws {TypeError} If the data format is not NHWC.
 */
export function filterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: [number, number, number, number],
  convolution: Convolution,
): tf.Tensor4D {
  return tf.tidy(() => {
    const { padInfo, strideHeight, strideWidth } = geometry(x.shape, filterShape, convolution);
    const { top, bottom, left, right } = padInfo;
    const padded = x.pad([[0, 0], [top, bottom], [left, right], [0, 0]]);
    const byChannel = padded.transpose([3, 1, 2, 0]) as tf.Tensor4D; // [in, height, width, batch]
    const filter = dy.transpose([1, 2, 0, 3]) as tf.Tensor4D; // [outHeight, outWidth, batch, out]
    const dilations: [number, number] = [strideHeight, strideWidth];
    const gradient = tf.conv2d(byChannel, filter, 1, "valid", "NHWC", dilations);
    const [filterHeight, filterWidth, inChannels, outChannels] = filterShape;
    return gradient // one row or column more where the last stride left some
      .slice([0, 0, 0, 0], [inChannels, filterHeight, filterWidth, outChannels])
      .transpose([1, 2, 0, 3]) as tf.Tensor4D;
  });
}

/**
 * Gradient with respect to the input, for stride 1: a convolution of dy with the filter turned
 * around and its channels exchanged.
 * @param dy Gradient of the output, `[batch, outHeight, outWidth, outChannels]`.
 * @param filter `[filterHeight, filterWidth, inChannels, outChannels]`.
 * @param inputShape `[batch, height, width, inChannels]`.
 * @param convolution Its attributes; stride 1.
 * @returns Shape of the input.
 * @throws {TypeError} If the data format is not NHWC.
 */
export function inputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: [number, number, number, number],
  convolution: Convolution,
): tf.Tensor4D {
  return tf.tidy(() => {
    const { padInfo } = geometry(inputShape, filter.shape, convolution);
    const { top, bottom, left, right } = padInfo;
    const [height, width] = [filter.shape[0] - 1, filter.shape[1] - 1];
    const around: [number, number][] = [[height - top, height - bottom], [
      width - left,
      width - right,
    ]];
    const padded = dy.pad([[0, 0], ...around, [0, 0]]) as tf.Tensor4D;
    const turned = filter.reverse([0, 1]).transpose([0, 1, 3, 2]) as tf.Tensor4D;
    return tf.conv2d(padded, turned, 1, "valid");
  });
}

/** Whether {@linkcode inputGradient} can do a convolution. */
export function hasUnitStride({ strides }: Convolution): boolean {
  return [strides].flat().every((stride) => stride === 1);
}

function geometry(
  x: [number, number, number, number],
  filter: [number, number, number, number],
  { strides, pad, dataFormat }: Convolution,
): ReturnType<typeof tf.backend_util.computeConv2DInfo> {
  if (dataFormat !== "NHWC") {
    throw new TypeError(
      `Cannot differentiate the convolution: expected data format NHWC, received ${dataFormat}`,
    );
  }
  return tf.backend_util.computeConv2DInfo(x, filter, strides, 1, pad);
}
