/** The weights of a model in one file that is whole or refused. @module */
import { Buffer } from "node:buffer";
import * as tf from "@tensorflow/tfjs";
import { sha256, writeFileAtomic } from "../support/files.ts";

/** First line of a file: JSON. The float32 values follow, little-endian, in the order of the list. */
interface Header {
  format: "ser-weights";
  version: 1;
  weights: { name: string; shape: number[] }[];
  /** SHA-256 of the values, hex. */
  sha256: string;
}

/**
 * Saves all weights of a model, moving statistics included.
 * @param model Any model whose weights are float32.
 * @param path The file; it is replaced in one step, so a crash leaves the old one or the new one.
 */
export async function saveWeights(model: tf.LayersModel, path: string): Promise<void> {
  const values = await Promise.all(model.getWeights().map((weight) => weight.data()));
  const bytes = Buffer.concat(values.map((value) => new Uint8Array(value.slice().buffer)));
  const header: Header = {
    format: "ser-weights",
    version: 1,
    weights: describe(model),
    sha256: await sha256(bytes),
  };
  const line = Buffer.from(JSON.stringify(header) + "\n");
  await writeFileAtomic(path, Buffer.concat([line, bytes]));
}

/**
 * Gives a model the weights of a file. Nothing is changed if the file is refused.
 * @param model A model of the same architecture as the saved one.
 * @param path A file of {@linkcode saveWeights}.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is damaged, or not one of saveWeights.
 * @throws {TypeError} If its weights are another model's.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { cnnAttention } from "ser/models/cnn_attention.ts";
 * import { loadWeights, saveWeights } from "ser/models/store.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const path = await Deno.makeTempFile();
 * const trained = cnnAttention({ frames: 25, classes: 2, seed: 1 });
 * await saveWeights(trained, path);
 * const restored = cnnAttention({ frames: 25, classes: 2, seed: 2 });
 * await loadWeights(restored, path);
 * deepStrictEqual(restored.getWeights()[0].dataSync(), trained.getWeights()[0].dataSync());
 * ```
 */
export async function loadWeights(model: tf.LayersModel, path: string): Promise<void> {
  const file = await Deno.readFile(path);
  const end = file.indexOf(10);
  const header = parseHeader(file.subarray(0, Math.max(end, 0)), path);
  const bytes = file.slice(end + 1); // a copy, aligned to 4 bytes
  if (await sha256(bytes) !== header.sha256) {
    damaged(path, "values with the checksum of their header", "others");
  }
  const expected = describe(model).map(inWords), received = header.weights.map(inWords);
  const at = expected.findIndex((weight, i) => weight !== received[i]);
  if (at >= 0 || expected.length !== received.length) {
    const i = at >= 0 ? at : expected.length;
    throw new TypeError(
      `Cannot load weights of "${model.name}" from "${path}": expected ${
        expected[i] ?? "no further weight"
      }, received ${received[i] ?? "no further weight"}`,
    );
  }
  setWeights(model, new Float32Array(bytes.buffer));
}

/** Name within the model and shape of each weight, in the order of `getWeights`. */
const describe = (model: tf.LayersModel): Header["weights"] =>
  model.weights.map((w) => ({ name: w.originalName, shape: w.shape as number[] }));

const inWords = (weight: Header["weights"][number]): string =>
  `"${weight.name}" [${weight.shape.join(", ")}]`;

function parseHeader(line: Uint8Array, path: string): Header {
  let header: Partial<Header> | null;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
  } catch {
    header = null;
  }
  if (header?.format !== "ser-weights" || header.version !== 1 || !header.weights) {
    damaged(path, "a file of saveWeights, version 1", `first line of ${line.length} bytes`);
  }
  return header as Header;
}

function setWeights(model: tf.LayersModel, values: Float32Array): void {
  tf.tidy(() => {
    let start = 0;
    model.setWeights(model.weights.map(({ shape }) => {
      const size = (shape as number[]).reduce((product, n) => product * n, 1);
      start += size;
      return tf.tensor(values.slice(start - size, start), shape as number[]);
    }));
  });
}

function damaged(path: string, expected: string, received: string): never {
  throw new SyntaxError(
    `Cannot read weights from "${path}": expected ${expected}, received ${received}; the file is damaged, delete it and train again`,
  );
}
