import { equal } from "node:assert/strict";
import { join } from "@std/path";
import { decodeAudio } from "ser/audio/decode.ts";
import { convertCommand, formatName } from "ser/audio/formats.ts";
import { exists, PROJECT_ROOT } from "ser/support/files.ts";
import { shellWord } from "ser/support/shown.ts";

/** Beginnings of files, as the formats' specifications and the `file` program's list have them. */
const BEGINNINGS: [string, string][] = [
  ["\0\0\0\x20ftypM4A \0\0\0\0", "an M4A file (AAC or ALAC in MPEG-4)"],
  ["\0\0\0\x18ftypisom\0\0\x02\0", "an MP4 file"],
  ["\0\0\0\x14ftyp3gp4", "a 3GP file"],
  ["\0\0\0\x14ftypqt  ", "a QuickTime file"],
  ["\xff\xfb\x90\x64", "an MP3 file"],
  ["\xff\xf3\x40\xc4", "an MP3 file"], // MPEG 2
  ["\xff\xfd\x90\0", "an MP2 file"],
  ["ID3\x04\0\0\0\0\0\x02xx\xff\xfb\x90\x64", "an MP3 file"],
  ["ID3\x03\0\0\0\0\0\0\0\0\0\0", "an MP3 file"],
  ["ID3\x04\0\0\0\0\0\x02xx\xff\xf1\x50\x80", "an AAC file"],
  ["\xff\xf1\x50\x80", "an AAC file"],
  ["\xff\xf9\x50\x80", "an AAC file"],
  ["ADIF\0", "an AAC file"],
  ["OggS\0\x02" + "\0".repeat(20) + "\x01\x13OpusHead\x01", "an Opus file"],
  ["OggS\0\x02" + "\0".repeat(20) + "\x01\x1e\x01vorbis\0", "an Ogg Vorbis file"],
  ["OggS\0\x02" + "\0".repeat(20) + "\x01\x33\x7fFLAC\x01", "a FLAC stream in an Ogg file"],
  ["OggS\0\x02" + "\0".repeat(20) + "\x01\x2a\x80theora", "an Ogg file"],
  [
    "\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm",
    "a WebM file",
  ],
  ["\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska", "a Matroska file (MKV)"],
  ["FORM\0\0\x10\0AIFFCOMM", "an AIFF file"],
  ["FORM\0\0\x10\0AIFCFVER", "an AIFF-C file"],
  [".snd\0\0\0\x18", "an AU file"],
  ["caff\0\x01\0\0desc", "a CAF file"],
  ["#!AMR\n", "an AMR file"],
  ["#!AMR-WB\n", "an AMR file"],
  ["\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", "a WMA file"],
  ["riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb", "a Wave64 file"],
  ["NIST_1A\n   1024\n", "a NIST SPHERE file"],
  ["RIFX\0\0\0\x24WAVEfmt ", "a big-endian WAV file (RIFX)"],
  ["RIFF\x24\0\0\0AVI LIST", "an AVI file"],
];

const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

for (const [start, name] of BEGINNINGS) {
  Deno.test(`formatName() of ${JSON.stringify(start.slice(0, 16))} is ${name}`, async () => {
    equal(formatName(bytesOf(start)), name);
    const said = await decodeAudio(bytesOf(start), "my voice.x").catch((error) => error.message);
    equal(
      said,
      `Cannot decode "my voice.x": expected a WAV or FLAC file, received ${name}; convert it: ffmpeg -i 'my voice.x' 'my voice.wav'`,
    );
  });
}

Deno.test("formatName() knows what telephones and browsers record", async () => {
  const folder = join(PROJECT_ROOT, "..", "shared", "cases", "phone");
  if (!await exists(folder)) return console.log(`Skipping: no recordings in "${folder}"`);
  const expected = {
    aac: "an AAC file",
    m4a: "an M4A file (AAC or ALAC in MPEG-4)",
    mp3: "an MP3 file",
    ogg: "an Ogg Vorbis file",
    opus: "an Opus file",
    webm: "a WebM file",
  };
  for (const [end, name] of Object.entries(expected)) {
    equal(formatName(await Deno.readFile(join(folder, `03a01Wa.${end}`))), name);
  }
});

Deno.test("convertCommand() quotes for a shell, and never writes over the file", () => {
  const commands = {
    "a.mp3": "ffmpeg -i a.mp3 a.wav",
    "noending": "ffmpeg -i noending noending.wav",
    "folder.x/.hidden": "ffmpeg -i folder.x/.hidden folder.x/.hidden.wav",
    "a.wav": "ffmpeg -i a.wav a.converted.wav",
    "-a.mp3": "ffmpeg -i ./-a.mp3 ./-a.wav",
    "at 12:30.m4a": "ffmpeg -i './at 12:30.m4a' './at 12:30.wav'",
    "it's $HOME.m4a": "ffmpeg -i 'it'\\''s $HOME.m4a' 'it'\\''s $HOME.wav'",
    "-": "ffmpeg -i FILE FILE.wav",
  };
  for (const [path, command] of Object.entries(commands)) equal(convertCommand(path), command);
});

Deno.test("shellWord() is read by a shell as the word itself", async () => {
  const words = ["a b", "it's", '$(ls) `x` \\ "', "bell\x07 \x1b[2J'\\", "ä\n", "--", "*"];
  const { stdout } = await new Deno.Command("bash", {
    args: ["-c", `printf '%s\\0' ${words.map(shellWord).join(" ")}`],
  }).output();
  equal(new TextDecoder().decode(stdout), words.map((word) => `${word}\0`).join(""));
});
