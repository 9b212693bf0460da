/**
 * The file that holds the features of a set: SHA-256 of all that follows (32 bytes), length of the
 * index (4 bytes, little endian), index (JSON, filled up with spaces to a multiple of 4), MFCCs (float32,
 * little endian, file after file). The index holds null for a file that gave no features. @module
 */
import type { FileFeatures } from "./extract.ts";

const CHECKSUM_BYTES = 32, LENGTH_BYTES = 4;

/** One file in the index; its path is not kept, as sets go by content. */
type Entry = Omit<FileFeatures, "path" | "mfcc"> & { rows: number; columns: number };

/**
 * Writes a set as bytes.
 * @param paths All files of the set.
 * @param features Features of those that gave some, in the order of the paths.
 */
export async function encodeSet(paths: string[], features: FileFeatures[]): Promise<Uint8Array> {
  const byPath = new Map(features.map((found) => [found.path, found]));
  const found = paths.map((path) => byPath.get(path));
  const index = found.map((file): Entry | null => {
    if (!file) return null;
    const { path: _, mfcc: { rows, columns }, ...rest } = file;
    return { ...rest, rows, columns };
  });
  const json = JSON.stringify(index);
  const text = new TextEncoder().encode(json + " ".repeat((4 - json.length % 4) % 4));
  const blocks = found.flatMap((file) => file ? [file.mfcc.data] : []);
  const size = blocks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const bytes = new Uint8Array(CHECKSUM_BYTES + LENGTH_BYTES + text.length + size);
  new DataView(bytes.buffer).setUint32(CHECKSUM_BYTES, text.length, true);
  bytes.set(text, CHECKSUM_BYTES + LENGTH_BYTES);
  let at = CHECKSUM_BYTES + LENGTH_BYTES + text.length;
  for (const data of blocks) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  bytes.set(await checksum(bytes));
  return bytes;
}

/**
 * Reads a set back.
 * @param bytes What {@linkcode encodeSet} made.
 * @param paths The files as they are called now, in the same order.
 * @returns Features of each, undefined for those that gave none.
 * @throws {SyntaxError} If the bytes are not what was written.
 */
export async function decodeSet(
  bytes: Uint8Array,
  paths: string[],
): Promise<(FileFeatures | undefined)[]> {
  const head = CHECKSUM_BYTES + LENGTH_BYTES;
  const expected = bytes.subarray(0, CHECKSUM_BYTES), received = await checksum(bytes);
  if (bytes.length < head || expected.some((byte, i) => byte !== received[i])) {
    throw new SyntaxError("its checksum is wrong, the file is damaged");
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(CHECKSUM_BYTES, true);
  const index: (Entry | null)[] = JSON.parse(
    new TextDecoder().decode(bytes.subarray(head, head + length)),
  );
  let at = head + length;
  return index.map((entry, i) => {
    if (!entry) return undefined;
    const { rows, columns, ...rest } = entry;
    const end = at + 4 * rows * columns;
    const data = new Float32Array(bytes.slice(at, end).buffer);
    at = end;
    return { ...rest, path: paths[i], mfcc: { data, rows, columns } };
  });
}

async function checksum(bytes: Uint8Array): Promise<Uint8Array> {
  const content = bytes.subarray(CHECKSUM_BYTES) as BufferSource;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", content));
}
