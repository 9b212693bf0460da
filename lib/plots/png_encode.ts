/**
 * Pixels as a small PNG file. A figure has few colours, so one byte a pixel and a palette of 256
 * colours with alpha make a file of a fifth to a half of what RGBA takes. @module
 */
import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";

const PALETTE_SIZE = 256;

/**
 * Pixels as PNG with a palette: exact for up to 256 colours; of more, similar ones are drawn
 * alike, in the most frequent of them.
 * @param pixels RGBA, row-major, 4 bytes a pixel.
 * @param width Pixels in a row, `>= 1`; rows are what the pixels make.
 * @returns A PNG file of colour type 3; the same bytes for the same pixels.
 */
export function encodePng(pixels: Uint8Array | Uint8ClampedArray, width: number): Uint8Array {
  const height = pixels.length / 4 / width;
  const { palette, indexOf } = choosePalette(pixels);
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]); // 8 bits, palette
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const rows = Buffer.alloc(height * (width + 1)); // a filter byte 0, then one byte a pixel
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 1; column <= width; column++, pixel++) {
      rows[row * (width + 1) + column] = indexOf.get(colourOf(pixels, pixel))!;
    }
  }
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap((colour) => channels(colour).slice(0, 3)))),
    chunk("tRNS", Buffer.from(palette.map((colour) => channels(colour)[3]))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** A pixel's colour as one number, 0xRRGGBBAA; every clear pixel is 0. */
function colourOf(pixels: ArrayLike<number>, index: number): number {
  const i = 4 * index, alpha = pixels[i + 3];
  return alpha
    ? ((pixels[i] << 24) | (pixels[i + 1] << 16) | (pixels[i + 2] << 8) | alpha) >>> 0
    : 0;
}

function channels(colour: number): [r: number, g: number, b: number, a: number] {
  return [colour >>> 24, (colour >>> 16) & 255, (colour >>> 8) & 255, colour & 255];
}

/** The colours of the palette, and for every colour of the picture the index of its own. */
function choosePalette(pixels: Uint8Array | Uint8ClampedArray) {
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < pixels.length / 4; pixel++) {
    const colour = colourOf(pixels, pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const ranked = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
  const groups = alike(ranked, PALETTE_SIZE), indexOf = new Map<number, number>();
  groups.forEach((group, index) => group.forEach((colour) => indexOf.set(colour, index)));
  return { palette: groups.map((group) => group[0]), indexOf }; // its most frequent colour
}

/** Groups of similar colours: the group of widest spread is halved until there are enough. */
function alike(colours: number[], most: number): number[][] {
  const groups = [{ colours, ...widest(colours) }];
  while (groups.length < Math.min(most, colours.length)) {
    const next = groups.reduce((a, b) => b.spread > a.spread ? b : a);
    const { channel, middle } = next, isLow = (c: number) => premultiplied(c)[channel] <= middle;
    const low = next.colours.filter(isLow), high = next.colours.filter((c) => !isLow(c));
    if (!low.length || !high.length) break; // the colours left differ by less than one step
    groups.splice(groups.indexOf(next), 1, { colours: low, ...widest(low) }, {
      colours: high,
      ...widest(high),
    });
  }
  return groups.map((group) => group.colours);
}

/** The channel in which colours differ most, by how much, and the middle of it. */
function widest(colours: readonly number[]): { channel: number; spread: number; middle: number } {
  const low = [Infinity, Infinity, Infinity, Infinity], high = low.map((v) => -v);
  for (const colour of colours) {
    premultiplied(colour).forEach((value, i) => {
      low[i] = Math.min(low[i], value);
      high[i] = Math.max(high[i], value);
    });
  }
  const spreads = high.map((value, i) => value - low[i]), spread = Math.max(...spreads);
  const channel = spreads.indexOf(spread);
  return { channel, spread, middle: (low[channel] + high[channel]) / 2 };
}

/** A colour by how it looks on white and on black: red, green, blue times alpha, and alpha. */
function premultiplied(colour: number): number[] {
  const [r, g, b, a] = channels(colour);
  return [r * a / 255, g * a / 255, b * a / 255, a];
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type), body, Buffer.alloc(4)]);
  bytes.writeUInt32BE(body.length, 0);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}
