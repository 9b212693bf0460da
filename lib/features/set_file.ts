/**
 * The file that holds the features of a set: SHA-256 of all that follows (64 hexadecimal digits), the index
 * (JSON, one line), MFCCs (float32, little endian, file after file). The index holds null for a file that
 * gave no features. @module
 */
import { sha256 } from "../support/files.ts";
import type { FileFeatures } from "./extract.ts";

const CHECKSUM_BYTES = 64, LINE_END = 10;

/** One file in the index; its path is not kept, as sets go by content. */
type Entry = Omit<FileFeatures, "path" | "mfcc"> & { rows: number; columns: number };

/**
 * Writes a set as bytes.
 * @param paths All files of the set.
 * @param features Features of those that gave some, in the order of the paths.
 */
export async function encodeSet(paths: string[], features: FileFeatures[]): Promise<Uint8Array> {
  const byPath = new Map(features.map((found) => [found.path, found]));
  const index = paths.map((path): Entry | null => {
    const file = byPath.get(path);
    if (!file) return null;
    const { path: _, mfcc: { rows, columns }, ...rest } = file;
    return { ...rest, rows, columns };
  });
  const blocks = features.map(({ mfcc }) => mfcc.data as BufferSource);
  const content = await joined([JSON.stringify(index) + "\n", ...blocks]);
  return await joined([await sha256(content), content]);
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
  const content = bytes.subarray(CHECKSUM_BYTES), decoder = new TextDecoder();
  if (decoder.decode(bytes.subarray(0, CHECKSUM_BYTES)) !== await sha256(content)) {
    throw new SyntaxError("its checksum is wrong, the file is damaged");
  }
  const end = content.indexOf(LINE_END);
  const index: (Entry | null)[] = JSON.parse(decoder.decode(content.subarray(0, end)));
  let at = end + 1;
  return index.map((entry, i) => {
    if (!entry) return undefined;
    const { rows, columns, ...rest } = entry;
    const data = new Float32Array(content.slice(at, at + 4 * rows * columns).buffer);
    at += data.byteLength;
    return { ...rest, path: paths[i], mfcc: { data, rows, columns } };
  });
}

async function joined(parts: BlobPart[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
