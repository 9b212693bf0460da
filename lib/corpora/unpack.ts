/** Unpacking a ZIP archive file by file, so that memory holds a piece of one file at a time. @module */
import { configure, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { dirname, join } from "@std/path";
import { freeBytes, isDiskFull } from "../support/disk.ts";
import { diskFullError, type DownloadOptions, writeAll } from "./download.ts";
import { CorpusError } from "./problems.ts";

configure({ useWebWorkers: false });

type UnpackOptions = Pick<DownloadOptions, "progress" | "free">;

/**
 * Unpacks an archive into a folder. What was in the folder is removed first, and on an error the folder
 * is removed too; an interruption leaves a part, so give it a temporary name and rename it afterwards.
 * @param archive A ZIP file.
 * @param folder Where to put its files.
 * @param options Who is told about unpacked bytes after each file.
 * @throws {CorpusError} If the archive is damaged or the disk is full.
 */
export async function unpack(
  archive: string,
  folder: string,
  options: UnpackOptions = {},
): Promise<void> {
  await removeFolder(folder);
  await Deno.mkdir(folder, { recursive: true });
  try {
    using file = await Deno.open(archive);
    const zip = new ZipReader(new DiskReader(file));
    const entries = (await zip.getEntries()).filter((entry): entry is FileEntry =>
      !entry.directory
    );
    await unpackEntries(entries, folder, options);
    await zip.close();
  } catch (error) {
    await removeFolder(folder);
    if (error instanceof CorpusError) throw error;
    throw new CorpusError(
      `Cannot unpack "${archive}": ${
        (error as Error).message
      }; the archive is damaged: remove it and run the command again`,
    );
  }
}

async function unpackEntries(entries: FileEntry[], folder: string, options: UnpackOptions) {
  const { progress = () => {} } = options;
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if ((options.free ?? await freeBytes(folder)) < total) throw diskFullError(folder, total);
  let done = 0;
  for (const entry of entries) { // the library refuses names that lead out of the folder
    await unpackEntry(entry, join(folder, entry.filename)).catch((error) => {
      throw isDiskFull(error) ? diskFullError(folder, total - done) : error;
    });
    progress(done += entry.uncompressedSize, total, "unpacking");
  }
}

/** Writes one file; an error of the disk comes before those that the library makes of it. */
async function unpackEntry(entry: FileEntry, path: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  using file = await Deno.create(path);
  let failure: unknown;
  const sink = new WritableStream<Uint8Array>({
    write: (bytes) =>
      writeAll(file, bytes).catch((error) => {
        throw failure = error;
      }),
  });
  await entry.getData(sink, { checkSignature: true }).catch((error) => {
    throw failure ?? error;
  });
}

/** Removes a folder with everything in it, if it is there. */
export async function removeFolder(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/** Gives the library pieces of a file on disk. */
class DiskReader extends Reader<Deno.FsFile> {
  readonly #file: Deno.FsFile;

  constructor(file: Deno.FsFile) {
    super(file);
    this.#file = file;
  }

  override async init(): Promise<void> {
    await super.init?.();
    this.size = (await this.#file.stat()).size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    await this.#file.seek(index, Deno.SeekMode.Start);
    let at = 0;
    for (let n; at < length && (n = await this.#file.read(bytes.subarray(at))) !== null;) at += n;
    return bytes.subarray(0, at);
  }
}
