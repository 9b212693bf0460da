/**
 * The weights of a network as text: TensorFlow.js's own 16-bit form (one scale and one least value for
 * each tensor) in base64, half as long as float32, which the first tensors may keep. @module
 */
import * as tf from "@tensorflow/tfjs";

/** One tensor's place in the numbers. */
export interface StoredTensor {
  /** Name within the network, for example `"lstm_1/kernel"`. */
  name: string;
  /** Its shape. */
  shape: number[];
  /** Of 16 bits: a stored integer q stands for `min + scale * q`. Without it the tensor is float32. */
  scale?: number;
  /** Of 16 bits: the least number of the tensor. */
  min?: number;
}

/** All weights of a network. */
export interface StoredWeights {
  /** The tensors in the order of `model.getWeights()`. */
  tensors: StoredTensor[];
  /** Their numbers one after the other, little-endian, in base64. */
  base64: string;
}

/** From the least to the greatest integer of 16 bits. */
const STEPS = 2 ** 16 - 1;

/**
 * Stores the weights of a network.
 * @param model Any network whose weights are float32.
 * @param exact So many of the first tensors stay float32; the others are off by at most half of
 *   1/65,535 of their range.
 */
export async function storeWeights(
  model: tf.LayersModel,
  exact: number,
): Promise<StoredWeights> {
  const tensors: StoredTensor[] = [], parts: BlobPart[] = [];
  for (const [i, weight] of model.getWeights().entries()) {
    const values = Float32Array.from(await weight.data());
    const place = { name: model.weights[i].originalName, shape: [...weight.shape] };
    if (i < exact) {
      tensors.push(place);
      parts.push(values);
    } else {
      const { integers, scale, min } = quantize(values);
      tensors.push({ ...place, scale, min });
      parts.push(integers);
    }
  }
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return { tensors, base64: bytes.toBase64() };
}

/**
 * Gives a network stored weights.
 * @param model A network of the same architecture; unchanged if the weights are refused.
 * @param stored The weights.
 * @throws {TypeError} If they are another network's.
 * @throws {SyntaxError} If there are more or fewer numbers than their shapes say.
 */
export function restoreWeights(model: tf.LayersModel, stored: StoredWeights): void {
  const expected = model.weights.map((w) => inWords(w.originalName, w.shape as number[]));
  const received = stored.tensors.map(({ name, shape }) => inWords(name, shape));
  const at = Array.from({ length: Math.max(expected.length, received.length) })
    .findIndex((_, i) => expected[i] !== received[i]);
  if (at >= 0) {
    throw new TypeError(
      `Cannot load the weights of "${model.name}": expected ${
        expected[at] ?? "no further weight"
      }, received ${received[at] ?? "no further weight"}`,
    );
  }
  const bytes = Uint8Array.from(atob(stored.base64), (char) => char.charCodeAt(0));
  const expectedBytes = byteCount(stored.tensors);
  if (bytes.length !== expectedBytes) {
    throw new SyntaxError(
      `Cannot load the weights of "${model.name}": expected ${expectedBytes} bytes of numbers, received ${bytes.length}`,
    );
  }
  const named = tf.io.decodeWeights(bytes.buffer, stored.tensors.map(manifestEntry));
  model.setWeights(stored.tensors.map((_, i) => named[String(i)]));
  tf.dispose(named);
}

const inWords = (name: string, shape: readonly number[]): string =>
  `"${name}" [${shape.join(", ")}]`;

export const byteCount = (tensors: readonly StoredTensor[]): number =>
  tensors.reduce((sum, { shape, scale }) => {
    return sum + shape.reduce((size, n) => size * n, 1) * (scale === undefined ? 4 : 2);
  }, 0);

/** The tensor in TensorFlow.js's words; names repeat from layer to layer, so its place is its name. */
function manifestEntry(
  { shape, scale, min }: StoredTensor,
  index: number,
): tf.io.WeightsManifestEntry {
  const entry = { name: String(index), shape, dtype: "float32" as const };
  return scale === undefined ? entry : { ...entry, quantization: { dtype: "uint16", scale, min } };
}

function quantize(values: Float32Array) {
  const min = values.reduce((a, b) => Math.min(a, b)),
    max = values.reduce((a, b) => Math.max(a, b));
  const scale = (max - min) / STEPS || 1;
  return { integers: Uint16Array.from(values, (v) => Math.round((v - min) / scale)), scale, min };
}
