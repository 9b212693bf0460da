/**
 * A training state as a file. Layout: 8 characters of format, SHA-256 of the rest (32 bytes), length
 * of the header (uint32), header (JSON), then all numbers as float32, little-endian. A file that was
 * cut or changed anywhere is noticed. @module
 */
import { Buffer } from "node:buffer";
import { exists, sha256, writeFileAtomic } from "../support/files.ts";
import type { History, TrainingState } from "./state.ts";

const FORMAT = "SERCKPT1";
const DIGEST_BYTES = 32, START = FORMAT.length + DIGEST_BYTES;

/** What a state belongs to. */
export interface CheckpointOwner {
  /** Name of the run. */
  run: string;
  /** Hash of its recordings. */
  data: string;
  /** Hash of its features, to the last bit. */
  features: string;
  /** Hash of the code that trains it. */
  code: string;
  /** The back end that computed it. */
  backend: string;
}

interface Header {
  owner: CheckpointOwner;
  history: History;
  /** Steps of the optimizer. */
  step: number;
  /** Numbers in each weight. */
  sizes: number[];
}

/** Stores a state; an older one under that path is replaced in one go. */
export async function saveCheckpoint(
  path: string,
  owner: CheckpointOwner,
  state: TrainingState,
): Promise<void> {
  const { history, weights, adam } = state;
  const header: Header = { owner, history, step: adam.step, sizes: weights.map((w) => w.length) };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(Uint32Array.of(json.length).buffer);
  const numbers = [...weights, adam.m, adam.v].map(bytesOf);
  const rest = Buffer.concat([length, json, ...numbers]);
  const digest = Buffer.from(await sha256(rest), "hex");
  await writeFileAtomic(path, Buffer.concat([Buffer.from(FORMAT), digest, rest]));
}

/**
 * Reads a state.
 * @returns The state and what it belongs to; undefined if there is no file.
 * @throws {SyntaxError} If the file is damaged.
 */
export async function loadCheckpoint(
  path: string,
): Promise<{ owner: CheckpointOwner; state: TrainingState } | undefined> {
  if (!await exists(path)) return undefined;
  const bytes = await Deno.readFile(path);
  const rest = bytes.subarray(START);
  const digest = Buffer.from(bytes.subarray(FORMAT.length, START)).toString("hex");
  if (
    Buffer.from(bytes.subarray(0, FORMAT.length)).toString() !== FORMAT ||
    await sha256(rest) !== digest
  ) {
    throw new SyntaxError(
      `Cannot read the checkpoint "${path}": expected a ${FORMAT} file with a right checksum, received ${bytes.length} bytes that are not`,
    );
  }
  return decode(rest);
}

function decode(rest: Uint8Array): { owner: CheckpointOwner; state: TrainingState } {
  const length = new DataView(rest.buffer, rest.byteOffset).getUint32(0, true);
  const header: Header = JSON.parse(new TextDecoder().decode(rest.subarray(4, 4 + length)));
  const { owner, history, step, sizes } = header;
  const numbers = new Float32Array(rest.slice(4 + length).buffer);
  let at = 0;
  const take = (size: number) => numbers.slice(at, at += size);
  const weights = sizes.map(take);
  const parameters = (numbers.length - at) / 2;
  const adam = { step, m: take(parameters), v: take(parameters) };
  return { owner, state: { epoch: history.loss.length, history, weights, adam } };
}

const bytesOf = (numbers: Float32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
