/**
 * One utterance over time: waveform above, MFCCs below, and over both where the attention looked. A
 * canvas, redrawn when the page's width or colours change. @module
 */
import type { Matrix } from "../../features/matrix.ts";
import type { PlacedAttention } from "../../recognition/part.ts";
import { colourAt, SIGNED_SCALE } from "../../plots/colours.ts";
import { extremes } from "../../plots/envelope.ts";
import { colourLimit } from "../../plots/heatmaps.ts";

/** What is drawn. */
export interface TimelineData {
  /** Mono samples in [-1, 1], shape `[n]`. */
  samples: Float32Array;
  /** Of the samples, Hz. */
  sampleRate: number;
  /** MFCCs `[frames, coefficients]`. */
  mfcc: Matrix;
  /** Seconds from one frame to the next. */
  secondsPerFrame: number;
  /** Attention to draw over both. */
  attention?: PlacedAttention;
}

/** The parts of the drawing, in CSS pixels. */
const LEFT = 46, RIGHT = 8, TOP = 22, WAVE = 120, GAP = 30, MFCC = 150, AXIS = 40;
const MFCC_TOP = TOP + WAVE + GAP, HEIGHT = MFCC_TOP + MFCC + AXIS;

/** The drawing. */
export class Timeline {
  readonly #canvas: HTMLCanvasElement;
  #data: TimelineData | undefined;
  #picture: HTMLCanvasElement | undefined;
  readonly #marks: { cursor?: number; playing?: number } = {};

  /** @param canvas Where; its width follows the element around it. */
  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    canvas.style.height = `${HEIGHT}px`;
    new ResizeObserver(() => this.redraw()).observe(canvas.parentElement!);
  }

  /** Draws an utterance. */
  show(data: TimelineData): void {
    if (data.mfcc !== this.#data?.mfcc) this.#picture = mfccPicture(data.mfcc);
    this.#data = data;
    this.redraw();
  }

  /** Marks the time in seconds that is pointed at or played; undefined marks none. */
  mark(kind: "cursor" | "playing", seconds: number | undefined): void {
    this.#marks[kind] = seconds;
    this.redraw();
  }

  /** The time at a place of the page, in seconds. */
  timeAt(clientX: number): number {
    const { left, width } = this.#canvas.getBoundingClientRect();
    const share = (clientX - left - LEFT) / (width - LEFT - RIGHT);
    return Math.max(0, Math.min(1, share)) * this.seconds;
  }

  /** The length of the utterance. */
  get seconds(): number {
    return this.#data ? this.#data.samples.length / this.#data.sampleRate : 0;
  }

  /** Seconds from one frame to the next. */
  get step(): number {
    return this.#data?.secondsPerFrame ?? 0;
  }

  /** Draws again, for example in other colours. */
  redraw(): void {
    const data = this.#data, width = this.#canvas.parentElement!.clientWidth;
    if (!data || width === 0) return;
    const scale = devicePixelRatio;
    this.#canvas.width = Math.round(width * scale);
    this.#canvas.height = Math.round(HEIGHT * scale);
    const context = this.#canvas.getContext("2d")!;
    context.scale(scale, scale);
    const plot: Plot = {
      context,
      width: width - LEFT - RIGHT,
      seconds: this.seconds,
      colours: colours(this.#canvas),
    };
    context.font = `12px ${getComputedStyle(this.#canvas).fontFamily}`;
    if (data.attention) attentionArea(plot, data.attention);
    waveform(plot, data);
    mfccs(plot, data, this.#picture!);
    if (data.attention) attentionLine(plot, data.attention);
    timeAxis(plot);
    markAt(plot, this.#marks.cursor, data.attention?.width);
    markAt(plot, this.#marks.playing);
  }
}

/** What the parts of the drawing share. */
interface Plot {
  context: CanvasRenderingContext2D;
  /** Of the time axis, px. */
  width: number;
  /** Length of the time axis. */
  seconds: number;
  colours: Record<keyof typeof COLOURS, string>;
}

/** Parts of the drawing and their colours among the styles. */
const COLOURS = {
  ink: "ink",
  quiet: "quiet",
  line: "line",
  wave: "accent",
  attention: "attention",
  area: "attention-area",
  stretch: "stretch",
};

/** The styles' colours, which differ between light and dark. */
function colours(element: Element): Plot["colours"] {
  const probe = document.createElement("i");
  element.parentElement!.append(probe);
  const found = Object.entries(COLOURS).map(([part, name]) => {
    probe.style.color = `var(--${name})`;
    return [part, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found);
}

/** Seconds to px. */
const at = (plot: Plot, seconds: number): number => LEFT + seconds / plot.seconds * plot.width;

function write(plot: Plot, text: string, x: number, y: number, align: CanvasTextAlign): void {
  plot.context.fillStyle = plot.colours.quiet;
  plot.context.textAlign = align;
  plot.context.fillText(text, x, y);
}

function waveform(plot: Plot, { samples }: TimelineData): void {
  const { context, colours } = plot, middle = TOP + WAVE / 2;
  const { values } = extremes(samples, Math.round(plot.width));
  const loudest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value!)), 1e-9);
  context.strokeStyle = colours.line;
  context.strokeRect(LEFT, TOP, plot.width, WAVE);
  context.strokeStyle = colours.wave;
  context.beginPath();
  values.forEach((value, i) => {
    const x = LEFT + (i + 0.5) / values.length * plot.width;
    context.lineTo(x, middle - value! / loudest * (WAVE / 2 - 4));
  });
  context.stroke();
  write(plot, "Waveform", LEFT, TOP - 7, "left");
  write(plot, loudest.toFixed(2), LEFT - 6, TOP + 10, "right");
  write(plot, "0", LEFT - 6, middle + 4, "right");
}

function mfccs(
  plot: Plot,
  { mfcc, secondsPerFrame }: TimelineData,
  picture: HTMLCanvasElement,
): void {
  const { context } = plot;
  clip(plot, MFCC_TOP, MFCC);
  const x0 = at(plot, -secondsPerFrame / 2), x1 = at(plot, (mfcc.rows - 0.5) * secondsPerFrame);
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, x0, MFCC_TOP, x1 - x0, MFCC);
  context.restore();
  write(plot, "MFCCs", LEFT, MFCC_TOP - 7, "left");
  const rowHeight = MFCC / mfcc.columns;
  for (let index = 0; index < mfcc.columns; index += 10) {
    write(plot, String(index), LEFT - 6, MFCC_TOP + MFCC - (index + 0.5) * rowHeight + 4, "right");
  }
}

/** A line at a time, and the stretch that a position of the attention sees there. */
function markAt(plot: Plot, seconds: number | undefined, width = 0): void {
  if (seconds === undefined) return;
  const { context, colours } = plot;
  const from = at(plot, Math.max(0, seconds - width / 2));
  const to = at(plot, Math.min(plot.seconds, seconds + width / 2));
  const mark = (top: number, height: number, stretch: string, line: string) => {
    context.fillStyle = stretch;
    context.fillRect(from, top, to - from, height);
    context.fillStyle = line;
    context.fillRect(at(plot, seconds) - 0.75, top, 1.5, height);
  };
  mark(TOP, WAVE, colours.stretch, colours.ink);
  mark(MFCC_TOP, MFCC, "rgb(0 0 0 / 15%)", "#111"); // the MFCCs are light on dark pages, too
}

/** The path of the weights in a box, whose top is the largest. */
function weightPath(plot: Plot, { weights, times }: PlacedAttention, top: number, height: number) {
  const { context } = plot;
  const largest = Array.from(weights).reduce((a, b) => Math.max(a, b), 1e-9);
  context.beginPath();
  for (let i = 0; i < weights.length; i++) {
    context.lineTo(at(plot, times[i]), top + height - weights[i] / largest * (height - 6));
  }
}

/** Keeps what follows between the ends of the time axis. */
function clip({ context, width }: Plot, top: number, height: number): void {
  context.save();
  context.beginPath();
  context.rect(LEFT, top, width, height);
  context.clip();
}

/** Behind the waveform, filled. */
function attentionArea(plot: Plot, attention: PlacedAttention): void {
  const { context, colours } = plot, { times } = attention;
  clip(plot, TOP, WAVE);
  weightPath(plot, attention, TOP, WAVE);
  context.strokeStyle = colours.attention;
  context.lineWidth = 2;
  context.stroke();
  context.lineTo(at(plot, times[times.length - 1]), TOP + WAVE);
  context.lineTo(at(plot, times[0]), TOP + WAVE);
  context.fillStyle = colours.area;
  context.fill();
  context.restore();
}

/** Over the MFCCs, black with a white edge: it has to be seen on blue, grey and orange. */
function attentionLine(plot: Plot, attention: PlacedAttention): void {
  const { context } = plot;
  clip(plot, MFCC_TOP, MFCC);
  weightPath(plot, attention, MFCC_TOP, MFCC);
  context.lineJoin = "round";
  for (const [width, colour] of [[4.5, "#fff"], [2, "#111"]] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  context.restore();
}

function timeAxis(plot: Plot): void {
  const { context, colours, seconds } = plot, y = MFCC_TOP + MFCC;
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10];
  const step = steps.find((step) => step / seconds * plot.width >= 44) ?? 10;
  context.fillStyle = colours.quiet;
  for (let i = 0; i * step <= seconds; i++) {
    const x = at(plot, i * step);
    context.fillRect(x - 0.5, y, 1, 5);
    write(plot, (i * step).toFixed(step < 1 ? 1 : 0), x, y + 18, "center");
  }
  write(plot, "Time (s)", LEFT + plot.width / 2, y + 35, "center");
}

/** The matrix as pixels, one for each value, coefficient 0 at the bottom. */
function mfccPicture(mfcc: Matrix): HTMLCanvasElement {
  const { rows, columns, data } = mfcc, limit = colourLimit(mfcc);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [rows, columns];
  const context = canvas.getContext("2d")!, image = context.createImageData(rows, columns);
  for (let frame = 0; frame < rows; frame++) {
    for (let index = 0; index < columns; index++) {
      const share = (data[frame * columns + index] / limit + 1) / 2;
      const rgb = colourAt(SIGNED_SCALE, Math.max(0, Math.min(1, share)));
      image.data.set([...rgb, 255], 4 * ((columns - 1 - index) * rows + frame));
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
