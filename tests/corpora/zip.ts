/** Makes archives to unpack. */
import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";

configure({ useWebWorkers: false });

/** A ZIP archive of files by path. */
export async function zipOf(files: Iterable<[string, Uint8Array]>): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, bytes] of files) await writer.add(path, new Uint8ArrayReader(bytes));
  return await writer.close();
}
