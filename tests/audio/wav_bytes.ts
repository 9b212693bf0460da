/** Builds WAV files for tests, byte by byte. @module */

/** Parts that joined make a file. */
export function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => Array.from(part)));
}

/** A RIFF chunk: identifier, size, content and a byte of padding after an odd size. */
export function chunk(id: string, content: Uint8Array, size = content.length): Uint8Array {
  const head = new Uint8Array(8);
  head.set(new TextEncoder().encode(id));
  new DataView(head.buffer).setUint32(4, size, true);
  return join(head, content, new Uint8Array(content.length % 2));
}

/** What the chunk "fmt " shall say. */
export interface Format {
  codec?: number;
  channels?: number;
  sampleRate?: number;
  bits?: number;
  extensible?: boolean;
}

/** The chunk "fmt ". */
export function format(options: Format = {}): Uint8Array {
  const { codec = 1, channels = 1, sampleRate = 16000, bits = 16, extensible = false } = options;
  const content = new Uint8Array(extensible ? 40 : 16), view = new DataView(content.buffer);
  const blockAlign = channels * bits / 8;
  view.setUint16(0, extensible ? 0xfffe : codec, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, sampleRate, true);
  view.setUint32(8, sampleRate * blockAlign, true);
  view.setUint16(12, blockAlign, true);
  view.setUint16(14, bits, true);
  if (extensible) {
    view.setUint16(16, 22, true);
    view.setUint16(18, bits, true);
    view.setUint16(24, codec, true);
    content.set([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71], 26);
  }
  return chunk("fmt ", content);
}

/** A WAV file of these chunks. */
export function wav(...chunks: Uint8Array[]): Uint8Array {
  return chunk("RIFF", join(new TextEncoder().encode("WAVE"), ...chunks));
}

/** The bytes of a typed array. */
export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A 16-bit mono WAV file of these integers. */
export function wav16(values: number[], sampleRate = 16000): Uint8Array {
  return wav(format({ sampleRate }), chunk("data", bytesOf(new Int16Array(values))));
}
