/** The checksum CRC-32 (ISO 3309), which tells damage; in plain TypeScript, also for browsers. @module */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest >>> 0;
});

/**
 * The checksum of bytes.
 * @param bytes Any number.
 * @returns Eight hexadecimal digits.
 * @example Usage
 * ```ts
 * import { crc32 } from "ser/support/crc32.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(crc32(new TextEncoder().encode("123456789")), "cbf43926"); // the standard's check value
 * ```
 */
export function crc32(bytes: Uint8Array): string {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (rest >>> 8) ^ TABLE[(rest ^ byte) & 0xff];
  return ((rest ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}
