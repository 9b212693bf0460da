// deno-lint-ignore-file no-control-regex -- files begin with such characters
/** Sound files that the project does not read: what they are, by how they begin, and how to convert them. @module */
import { shellWord } from "../support/shown.ts";

/** What a file is, by the characters that it begins with; the first that fits. */
const FORMATS: readonly [RegExp, string][] = [
  [/^....ftyp3g/s, "a 3GP file"],
  [/^....ftypM4[ABP]/s, "an M4A file (AAC or ALAC in MPEG-4)"],
  [/^....ftypqt/s, "a QuickTime file"],
  [/^....ftyp/s, "an MP4 file"],
  [/^OggS.{24}[^]{0,8}OpusHead/s, "an Opus file"],
  [/^OggS.{24}[^]{0,8}\x01vorbis/s, "an Ogg Vorbis file"],
  [/^OggS.{24}[^]{0,8}\x7fFLAC/s, "a FLAC stream in an Ogg file"],
  [/^OggS.{24}[^]{0,8}Speex/s, "a Speex file"],
  [/^OggS/, "an Ogg file"],
  [/^\x1aE\xdf\xa3.{0,60}webm/s, "a WebM file"],
  [/^\x1aE\xdf\xa3/, "a Matroska file (MKV)"],
  [/^FORM....AIFF/s, "an AIFF file"],
  [/^FORM....AIFC/s, "an AIFF-C file"],
  [/^\.snd/, "an AU file"],
  [/^caff/, "a CAF file"],
  [/^#!AMR/, "an AMR file"],
  [/^\x30\x26\xb2\x75\x8e\x66\xcf\x11/, "a WMA file"],
  [/^riff\x2e\x91\xcf\x11/, "a Wave64 file"],
  [/^NIST_1A/, "a NIST SPHERE file"],
  [/^wvpk/, "a WavPack file"],
  [/^MAC /, "a Monkey's Audio file"],
  [/^RIFX/, "a big-endian WAV file (RIFX)"],
  [/^RIFF....AVI /s, "an AVI file"],
  [/^(ADIF|\xff[\xf0\xf1\xf8\xf9])/, "an AAC file"],
  [/^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/, "an MP3 file"],
  [/^\xff[\xe4-\xe7\xf4-\xf7\xfc-\xff]/, "an MP2 file"],
];

/** So many bytes tell what a file is. */
const HEAD = 80;

/** Names a format that the project does not read, such as "an M4A file"; undefined if it is none of those. */
export function formatName(bytes: Uint8Array): string | undefined {
  const start = id3Length(bytes);
  const head = String.fromCharCode(...bytes.subarray(start, start + HEAD));
  const name = FORMATS.find(([pattern]) => pattern.test(head))?.[1];
  return name ?? (start > 0 ? "an MP3 file" : undefined); // what else has such a tag is rare
}

/**
 * Bytes of the tag in front of a file: "ID3", version, flags, and a size of four times seven bits
 * (ID3v2.4, section 3.1); a footer has ten bytes more.
 * @returns 0 if there is none.
 */
export function id3Length(bytes: Uint8Array): number {
  if (bytes.length < 10 || String.fromCharCode(...bytes.subarray(0, 3)) !== "ID3") return 0;
  const size = bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0);
  return 10 + size + (bytes[5] & 0x10 ? 10 : 0);
}

/** The one command that converts a sound file, `ffmpeg -i FILE FILE.wav`, its words quoted for a shell. */
export function convertCommand(path: string): string {
  if (path === "-") return "ffmpeg -i FILE FILE.wav";
  const input = /^[./]/.test(path) ? path : /^-|:/.test(path) ? `./${path}` : path;
  const output = input.replace(/(?<=[^/])\.[^./]+$/, "") + ".wav";
  const other = output === input ? output.replace(/\.wav$/, ".converted.wav") : output;
  return `ffmpeg -i ${shellWord(input)} ${shellWord(other)}`;
}
