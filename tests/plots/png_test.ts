import { deepStrictEqual, notStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import { confusionFigure } from "ser/plots/confusion.ts";
import { mfccFigure } from "ser/plots/heatmaps.ts";
import { encodePng } from "ser/plots/png_encode.ts";
import { pathPoints, walkPath } from "ser/plots/png_path.ts";
import { toPNG, toSVG } from "ser/plots/png.ts";
import { waveformFigure } from "ser/plots/signal.ts";
import { tone } from "./read_figure.ts";

/** Size and RGBA pixels of a PNG as encodePng() writes it. */
function decode(png: Uint8Array): { width: number; height: number; pixels: number[][] } {
  const file = Buffer.from(png), parts: Record<string, Uint8Array> = {};
  deepStrictEqual([...file.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    parts[file.toString("latin1", at + 4, at + 8)] = file.subarray(at + 8, at + 8 + length);
    at += 12 + length;
  }
  const header = Buffer.from(parts.IHDR);
  const width = header.readUInt32BE(0), height = header.readUInt32BE(4);
  const rows = inflateSync(parts.IDAT), pixels: number[][] = [];
  for (let y = 0; y < height; y++) {
    strictEqual(rows[y * (width + 1)], 0); // no filter
    for (const index of rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))) {
      pixels.push([...parts.PLTE.subarray(3 * index, 3 * index + 3), parts.tRNS[index]]);
    }
  }
  return { width, height, pixels };
}

const colours = (pixels: number[][]) => new Set(pixels.map(String));

Deno.test("encodePng() keeps up to 256 colours exactly, alpha included", () => {
  const pixels = Uint8Array.from(
    { length: 4 * 256 },
    (_, i) => [i >> 2, 7, 255 - (i >> 2), 200][i % 4],
  );
  const { width, height, pixels: back } = decode(encodePng(pixels, 64));
  deepStrictEqual([width, height], [64, 4]);
  deepStrictEqual(back.flat(), [...pixels]);
});

Deno.test("encodePng() draws more colours in similar ones", () => {
  // 1024 greens and blues: with 256 colours for a square of 32 x 32 steps of 8, at most 2 steps off
  const pixels = Uint8Array.from(
    { length: 4 * 1024 },
    (_, i) => [0, 8 * ((i >> 2) % 32), 8 * Math.floor((i >> 2) / 32), 255][i % 4],
  );
  const { pixels: back } = decode(encodePng(pixels, 32));
  ok(colours(back).size <= 256 && colours(back).size > 200);
  const errors = back.flat().map((value, i) => Math.abs(value - pixels[i]));
  ok(Math.max(...errors) <= 16);
});

Deno.test("toPNG() gives a picture of the figure's size that is not blank, the same each time", async () => {
  const figure = waveformFigure(tone(1, 16000), 16000, { emotion: "anger" });
  const png = await toPNG(figure), { width, height, pixels } = decode(png);
  deepStrictEqual([width, height], [720, 260]);
  ok(colours(pixels).size > 50);
  deepStrictEqual(pixels[0], [0, 0, 0, 0]); // transparent in the corner
  const anger = [203, 26, 20, 255]; // of more than 256 colours similar ones are joined: up to 12 off
  ok(pixels.some((pixel) => pixel.every((value, i) => Math.abs(value - anger[i]) <= 12)));
  deepStrictEqual(await toPNG(figure), png);
});

Deno.test("toPNG() scales", async () => {
  const { width, height } = decode(await toPNG(waveformFigure([0, 1, 0], 8000), 2));
  deepStrictEqual([width, height], [1440, 520]);
});

Deno.test("toPNG() draws heatmaps: every cell of a matrix has its colour", async () => {
  const mfcc = { data: Float32Array.of(-5, -5, 5, 5), rows: 2, columns: 2 };
  const { pixels } = decode(await toPNG(mfccFigure(mfcc)));
  ok(colours(pixels).has("8,48,107,255") && colours(pixels).has("127,39,4,255"));
});

Deno.test("toPNG() draws figures apart: another figure, other bytes", async () => {
  const draw = (count: number) => toPNG(confusionFigure([[count, 1], [0, 4]], ["calm", "sad"]));
  notStrictEqual(String(await draw(3)), String(await draw(5)));
});

Deno.test("toSVG() writes texts as texts and refuses what Plotly would not draw", async () => {
  const svg = await toSVG(waveformFigure([0, 1, 0], 8000, { title: "Three samples" }));
  ok(svg.startsWith("<svg") && svg.includes(">Three samples<"));
  const pie = { data: [{ type: "pie" }], layout: { width: 300, height: 200 } };
  await rejects(toSVG(pie), {
    name: "TypeError",
    message: /expected traces of type scatter, .*, received "pie"/,
  });
});

Deno.test("pathPoints() reads absolute, relative and curved commands", () => {
  deepStrictEqual(pathPoints("M1e1,0l5,5H0v-2"), [[10, 0], [15, 5], [0, 5], [0, 3]]);
  deepStrictEqual(pathPoints("M0,0C1,1 2,2 3,3"), [[0, 0], [3, 3]]);
  deepStrictEqual(pathPoints(null), []);
});

Deno.test("walkPath() stops where it is told", () => {
  const corner = pathPoints("M0,0H3V4");
  deepStrictEqual(walkPath(corner), { length: 7, x: 3, y: 4 });
  deepStrictEqual(walkPath(corner, 5), { length: 5, x: 3, y: 2 });
});
