/** Matrices over time: log-mel spectrograms and MFCCs. @module */
import { hzToMel } from "../features/mel.ts";
import { LEVEL_SCALE } from "./colours.ts";
import {
  axis,
  baseLayout,
  colourBar,
  type Figure,
  type FrameMatrix,
  note,
  round,
  signedHeatmap,
  type Trace,
  transposed,
  verticalBand,
} from "./figure.ts";

/** Samples from one frame to the next. */
const HOP = 512;

/** Frames of zeros that were added on a side of a matrix. */
export interface Padding {
  frames: number;
  side: "before" | "after";
}

/** What the figure of an MFCC matrix shows. */
export interface MfccFigureOptions {
  /** Hz; with it the time axis is in seconds, without it in frames. */
  sampleRate?: number;
  /** Frames of zeros in the matrix, to be marked. */
  padding?: Padding;
  /** @default {"MFCCs"} */
  title?: string;
  /** Height in px. @default {320} */
  height?: number;
}

/**
 * An MFCC matrix. Colours are symmetric about 0 and end at the 98th percentile of the magnitudes
 * without coefficient 0, which is far larger than the others and would leave no colour to them.
 * @param matrix `[frames, coefficients]`.
 * @returns A figure of 720 x 320 px; JSON of about 5 bytes a value (40 x 228: 50 KB).
 */
export function mfccFigure(matrix: FrameMatrix, options: MfccFigureOptions = {}): Figure {
  const { title = "MFCCs", height = 320, padding, sampleRate } = options;
  const layout = {
    ...baseLayout({ title, height, margin: { r: 80 } }),
    xaxis: axis(sampleRate ? "Time (s)" : "Frame", { showgrid: false }),
    yaxis: axis("MFCC index", { showgrid: false }),
  };
  if (padding?.frames) {
    const step = sampleRate ? HOP / sampleRate : 1;
    const [x0, x1] = paddingEdges(padding, matrix.rows).map((x) => round(x * step));
    Object.assign(layout, paddingMark(x0, x1, padding.frames));
  }
  return { data: [mfccTrace(matrix, sampleRate)], layout };
}

/** First and last edge of the padding of so many frames, in frames. */
export function paddingEdges({ frames, side }: Padding, of: number): [number, number] {
  const start = side === "before" ? 0 : of - frames;
  return [start - 0.5, start + frames - 0.5];
}

/** The shapes and annotations that mark padding from x0 to x1 along the whole height. */
function paddingMark(x0: number | null, x1: number | null, frames: number) {
  const line = { color: "#444444", width: 1, dash: "dot" }, font = { color: line.color }; // in both themes
  const place = { x: (x0! + x1!) / 2, yref: "paper", y: 0.5, font };
  return {
    shapes: [verticalBand(x0, x1, { line, layer: "above" })],
    annotations: [note(`zero padding<br>${frames} frames`, place)],
  };
}

/** The heatmap of a log-mel spectrogram over seconds; y is the number of the band. */
export function logMelTrace(matrix: FrameMatrix, sampleRate: number, hop = HOP): Trace {
  return {
    type: "heatmap",
    name: "log-mel",
    z: transposed(matrix, 3),
    x0: 0,
    dx: hop / sampleRate,
    colorscale: LEVEL_SCALE,
    colorbar: colourBar("dB"),
    hovertemplate: "%{x:.2f} s, band %{y}: %{z} dB<extra></extra>",
  };
}

/** The heatmap of an MFCC matrix over seconds, or over frames without a sampling rate. */
export function mfccTrace(matrix: FrameMatrix, sampleRate?: number): Trace {
  const unit = sampleRate ? "%{x:.2f} s" : "frame %{x}";
  return {
    ...signedHeatmap(transposed(matrix, 3), "value", colourLimit(matrix)),
    name: "MFCC",
    x0: 0,
    dx: sampleRate ? HOP / sampleRate : 1,
    hovertemplate: unit + ", coefficient %{y}: %{z}<extra></extra>",
  };
}

/** 98th percentile of |value| over the non-zero values of coefficients 1 and up. */
export function colourLimit({ data, columns }: FrameMatrix): number {
  const values: number[] = [];
  for (let i = 0; i < data.length; i++) {
    if (columns > 1 && i % columns === 0) continue;
    if (data[i] && Number.isFinite(data[i])) values.push(Math.abs(data[i]));
  }
  values.sort((a, b) => a - b);
  return round(values[Math.floor(0.98 * (values.length - 1))] ?? 1, 2) || 1;
}

const MEL_TICKS_HZ = [0, 250, 500, 1000, 2000, 4000, 8000, 16000];

/** The y axis of a mel spectrogram from 0 Hz: bands are equidistant, labels are in Hz. */
export function melAxis(bands: number, sampleRate: number): Record<string, unknown> {
  // Band b is centred at the share (b + 1) / (bands + 1) of the highest mel.
  const bandAt = (hz: number) => hzToMel(hz) / hzToMel(sampleRate / 2) * (bands + 1) - 1;
  const inside = (band: number) => Math.min(bands - 0.5, Math.max(-0.5, band)); // the outer edges
  const ticks = MEL_TICKS_HZ.filter((hz) => bandAt(hz) >= -1 && bandAt(hz) <= bands);
  return axis("Frequency (Hz, mel)", {
    tickvals: ticks.map((hz) => Number(inside(bandAt(hz)).toFixed(2))),
    ticktext: ticks.map(String),
    range: [-0.5, bands - 0.5],
    showgrid: false,
  });
}
