/** Finding a damaged shared library before the loader crashes on it. @module */

/** Bytes of the ELF header of a 64-bit file. */
const HEADER_SIZE = 64;

/**
 * Whether a file is a 64-bit ELF file (a shared library of Linux) with all the bytes that its
 * program header lists. The loader maps them without looking; reading beyond the file's end ends the
 * process with a bus error, which no `catch` sees.
 * @param path The file.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function isWholeElf(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const header = await readAt(file, 0, HEADER_SIZE);
  const magic = header.byteLength === HEADER_SIZE && header.getUint32(0) === 0x7f454c46;
  if (!magic || header.getUint8(4) !== 2) return false;

  // Elf64_Ehdr: e_phoff, e_phentsize, e_phnum; Elf64_Phdr: p_offset, p_filesz
  const start = Number(header.getBigUint64(32, true));
  const entrySize = header.getUint16(54, true), entries = header.getUint16(56, true);
  const table = await readAt(file, start, entrySize * entries);
  if (table.byteLength < entrySize * entries) return false;
  for (let at = 0; at < table.byteLength; at += entrySize) {
    const offset = table.getBigUint64(at + 8, true), length = table.getBigUint64(at + 32, true);
    if (offset + length > size) return false;
  }
  return true;
}

/** The bytes from an offset on, fewer at the file's end. */
async function readAt(file: Deno.FsFile, offset: number, length: number): Promise<DataView> {
  await file.seek(offset, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const read = await file.read(bytes.subarray(filled));
    if (read === null) break;
    filled += read;
  }
  return new DataView(bytes.buffer, 0, filled);
}
