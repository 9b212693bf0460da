/**
 * Reads WAV files: RIFF chunks with integer or floating-point PCM (Microsoft and IBM, Multimedia
 * Programming Interface and Data Specifications 1.0; Microsoft, Multiple Channel Audio Data), also in the
 * form for files of any size (EBU Tech 3306, RF64).
 *
 * Why a reader of our own: of the npm packages tried, `node-wav` 0.0.2 and `@audio/decode-wav` 1.5.1
 * divide positive samples by 32,767, so that a sample is not exactly int/32768; the latter also
 * loses its place at an odd chunk; `wavefile` 11.0.0 takes an extensible float file for integers,
 * adds a sample to an odd data chunk and needs 41 ms for a file of RAVDESS; and all of them return
 * half a recording of a truncated file without a word. @module
 */
import { type Audio, checkFormat, damaged } from "./audio.ts";
import { convertCommand } from "./formats.ts";

const PCM = 1, IEEE_FLOAT = 3, EXTENSIBLE = 0xfffe;

/**
 * From here on, a size beyond the file's end is one that its writer did not know: into a pipe, sox writes
 * 0x7ffff000, arecord 0x80000000, others 0x7fffffff or 0xffffffff, some less a header or a rest of a frame.
 * No recording of 2 GiB is read.
 */
const UNKNOWN_SIZE = 0x7fff0000;

/** The size of a chunk whose size stands in the chunk "ds64", or that is unknown. */
const ELSEWHERE = 0xffffffff;

/** The last 14 bytes of the identifier in an extensible format; its first two are the codec. */
const SUBFORMAT_TAIL = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

/** What the chunk "fmt " says. */
interface Format {
  codec: number;
  channels: number;
  sampleRate: number;
  /** Bytes of one sample of all channels. */
  blockAlign: number;
  bitsPerSample: number;
}

/** How to read one stored sample at a byte offset as a number in [-1, 1). */
type SampleReader = (view: DataView, offset: number) => number;

const READERS: Record<string, SampleReader> = {
  [`${PCM}/8`]: (view, at) => (view.getUint8(at) - 128) / 2 ** 7,
  [`${PCM}/16`]: (view, at) => view.getInt16(at, true) / 2 ** 15,
  [`${PCM}/24`]: (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 2 ** 23,
  [`${PCM}/32`]: (view, at) => view.getInt32(at, true) / 2 ** 31,
  [`${IEEE_FLOAT}/32`]: (view, at) => view.getFloat32(at, true),
  [`${IEEE_FLOAT}/64`]: (view, at) => view.getFloat64(at, true),
};

/** Whether the bytes begin as a WAV file. */
export function isWav(bytes: Uint8Array): boolean {
  return ["RIFF", "RF64", "BW64"].includes(text(bytes, 0)) && text(bytes, 8) === "WAVE";
}

/**
 * Decodes a WAV file, as `decodeAudio` says. Chunks other than "fmt " and "data" are passed over, wherever
 * they stand.
 */
export function decodeWav(bytes: Uint8Array, name: string): Audio {
  const { format, data, note } = readChunks(bytes, name);
  checkFormat(name, format.channels, format.sampleRate);
  const bits = format.bitsPerSample;
  const read = READERS[`${format.codec}/${bits}`];
  if (!read) throw unsupported(name, format);
  const bytesPerSample = bits / 8;
  const blockAlign = bytesPerSample * format.channels;
  if (format.blockAlign !== blockAlign || data.length % blockAlign !== 0) {
    throw badHeader(
      name,
      `expected frames of ${blockAlign} bytes, received ${data.length} bytes in frames of ${format.blockAlign}`,
    );
  }
  const channels = format.codec === PCM && bits === 16
    ? split16(data, format.channels)
    : splitChannels(data, format.channels, bytesPerSample, read);
  return {
    sampleRate: format.sampleRate,
    channels,
    bitsPerSample: bits,
    float: format.codec === IEEE_FLOAT,
    codec: "wav",
    ...(note ? { note } : {}),
  };
}

function splitChannels(
  data: Uint8Array,
  channels: number,
  bytesPerSample: number,
  read: SampleReader,
): Float32Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const blockAlign = channels * bytesPerSample;
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(data.length / blockAlign);
    let offset = channel * bytesPerSample;
    for (let i = 0; i < samples.length; i++, offset += blockAlign) samples[i] = read(view, offset);
    return samples;
  });
}

/** {@linkcode splitChannels} for 16 bits, which nearly all recordings have, in a tenth of the time. */
function split16(data: Uint8Array, channels: number): Float32Array[] {
  const even = data.byteOffset % 2 === 0 ? data : data.slice();
  const integers = new Int16Array(even.buffer, even.byteOffset, even.length / 2);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(integers.length / channels);
    for (let i = 0, at = channel; i < samples.length; i++, at += channels) {
      samples[i] = integers[at] / 2 ** 15;
    }
    return samples;
  });
}

/**
 * The stored samples of a WAV file of 16- or 24-bit integers, a view of its bytes; undefined if it stores
 * other numbers.
 */
export function storedIntegers(bytes: Uint8Array, name: string): Uint8Array | undefined {
  const { format: { codec, bitsPerSample }, data } = readChunks(bytes, name);
  return codec === PCM && (bitsPerSample === 16 || bitsPerSample === 24) ? data : undefined;
}

/** The parts of a file that its samples are in; the note says that their size was unknown. */
type Chunks = { format: Format; data: Uint8Array } & Pick<Audio, "note">;

/** Walks the chunks up to the samples; a chunk of odd size is followed by one byte of padding. */
function readChunks(bytes: Uint8Array, name: string): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | undefined, longSize: number | undefined;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const id = text(bytes, at), size = view.getUint32(at + 4, true), start = at + 8;
    const there = bytes.length - start;
    if (id === "data") {
      if (!format) {
        throw badHeader(name, 'expected a chunk "fmt " before the samples, received none');
      }
      return {
        format,
        ...samplesOf(bytes, start, size === ELSEWHERE ? longSize ?? size : size, format, name),
      };
    }
    if (size > there) {
      const declared = `chunk ${JSON.stringify(id)} declares ${size} bytes`;
      throw truncated(name, `${declared}, but ${there} are there`);
    }
    if (id === "fmt ") format = readFormat(view, start, size, name);
    if (id === "ds64" && size >= 16) longSize = Number(view.getBigUint64(start + 8, true));
    at = start + size + (size % 2);
  }
  throw truncated(name, `it ends after ${bytes.length} bytes without a chunk of samples`);
}

/** The bytes of the samples: as many as declared, or to the end where the writer did not know. */
function samplesOf(
  bytes: Uint8Array,
  start: number,
  size: number,
  format: Format,
  name: string,
): Omit<Chunks, "format"> {
  const there = bytes.length - start;
  // an interrupted recorder leaves both sizes as they were at the start
  const riffEnd = 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  const interrupted = size === 0 && there > 0 &&
    (riffEnd < bytes.length || riffEnd >= UNKNOWN_SIZE);
  if (interrupted || (size > there && size >= UNKNOWN_SIZE && size <= ELSEWHERE)) {
    const whole = there - there % Math.max(1, format.blockAlign);
    return {
      data: bytes.subarray(start, start + whole),
      note:
        `its header does not say how long it is (its recorder wrote to a pipe or was interrupted): read to the end, ${whole} bytes of samples`,
    };
  }
  if (size > there) {
    throw truncated(name, `its header declares ${size} bytes of samples, but ${there} are there`);
  }
  return { data: bytes.subarray(start, start + size) };
}

function readFormat(view: DataView, at: number, size: number, name: string): Format {
  if (size < 16) throw badHeader(name, `expected a chunk "fmt " of >= 16 bytes, received ${size}`);
  let codec = view.getUint16(at, true);
  if (codec === EXTENSIBLE && size >= 40) {
    const tail = new Uint8Array(view.buffer, view.byteOffset + at + 26, 14);
    if (tail.every((byte, i) => byte === SUBFORMAT_TAIL[i])) codec = view.getUint16(at + 24, true);
  }
  return {
    codec,
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    blockAlign: view.getUint16(at + 12, true),
    bitsPerSample: view.getUint16(at + 14, true),
  };
}

/** Four bytes as characters; shorter at the end of the file. */
function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

const truncated = (name: string, what: string): SyntaxError =>
  damaged(name, `the file is truncated: ${what}`);

const badHeader = (name: string, what: string): SyntaxError =>
  damaged(name, `its WAV header is damaged: ${what}`);

function unsupported(name: string, format: Format): TypeError {
  const codecs: Record<number, string> = {
    [PCM]: "integer",
    [IEEE_FLOAT]: "float",
    2: "Microsoft ADPCM",
    6: "A-law",
    7: "mu-law",
    0x11: "IMA ADPCM",
    0x55: "MP3",
  };
  const codec = codecs[format.codec] ?? `codec 0x${format.codec.toString(16)}`;
  return new TypeError(
    `Cannot decode "${name}": expected WAV of 8-, 16-, 24- or 32-bit integers or 32- or 64-bit floats, received ${codec} of ${format.bitsPerSample} bits; convert it: ${
      convertCommand(name)
    }`,
  );
}
