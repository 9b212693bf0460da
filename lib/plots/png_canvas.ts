/** The part of a canvas that Plotly draws heatmaps with: pixels, and a PNG data URL of them. @module */
import { Buffer } from "node:buffer";
import { encodePng } from "./png_encode.ts";

/** A canvas context of `width x height` RGBA pixels, kept with the canvas element. */
export class PixelContext {
  readonly pixels: Uint8ClampedArray;
  /** CSS colour as Plotly writes it: `rgba(r,g,b,a)` or `rgb(r,g,b)`. */
  fillStyle = "rgba(0,0,0,1)";

  constructor(readonly width: number, readonly height: number) {
    this.pixels = new Uint8ClampedArray(width * height * 4);
  }

  createImageData(width: number, height: number): { data: Uint8ClampedArray } {
    return { data: new Uint8ClampedArray(width * height * 4) };
  }

  /** Plotly writes whole images only. */
  putImageData(image: { data: Uint8ClampedArray }): void {
    this.pixels.set(image.data);
  }

  /** Fills a rectangle; width and height may be negative. */
  fillRect(x: number, y: number, width: number, height: number): void {
    const [r, g, b, a = 1] = (this.fillStyle.match(/[\d.]+/g) ?? []).map(Number);
    const left = Math.max(0, Math.min(x, x + width));
    const right = Math.min(this.width, Math.max(x, x + width));
    const bottom = Math.min(this.height, Math.max(y, y + height));
    for (let row = Math.max(0, Math.min(y, y + height)); row < bottom; row++) {
      for (let column = left; column < right; column++) {
        this.pixels.set([r, g, b, a * 255], (row * this.width + column) * 4);
      }
    }
  }

  toDataURL(): string {
    const png = encodePng(this.pixels, this.width);
    return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  }
}
