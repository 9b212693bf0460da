/** Where the attention looks: the signal above, the weights below, on one time axis. @module */
import {
  axis,
  baseLayout,
  colourBar,
  type Figure,
  type FrameMatrix,
  note,
  ORANGE,
  round,
  rounded,
  type Trace,
  verticalBand,
} from "./figure.ts";
import { logMelTrace, melAxis } from "./heatmaps.ts";
import { envelopeTrace, waveformTrace } from "./signal.ts";
import { percent } from "../support/percent.ts";

/**
 * The utterance above the weights: its samples and, if given, their log-mel spectrogram (dB, `[frames,
 * bands]`, frames as the model's), or only its envelope.
 */
export type AttentionSignal =
  | { samples: ArrayLike<number>; sampleRate: number; logMel?: FrameMatrix; emotion?: string }
  | { envelope: ArrayLike<number>; secondsPerValue: number; emotion?: string };

/** How the model's positions lie in time. */
export interface AttentionOptions {
  /** Frames of the utterance itself, without padding. */
  frames: number;
  /** Frames of the padded input, `>= frames`. */
  paddedFrames: number;
  /** Where the zeros are. @default {"before"} */
  padding?: "before" | "after";
  /** Input frames that one position of the attention covers. @default {paddedFrames - weights + 1} */
  receptiveField?: number;
  /**
   * Share of the attention on further zeros, where `paddedFrames` has only those next to the speech. @default
   * {0: all zeros are drawn}
   */
  onOtherZeros?: number;
  /** Seconds from one frame to the next. @default {512 / 22050} */
  secondsPerFrame?: number;
  /** @default {"Attention"} */
  title?: string;
  /** Address of the recording, for a page that plays it and moves a line along. */
  audio?: string;
}

/** Seconds of zeros beside speech that has a spectrogram. */
const ZEROS_IN_VIEW = 1;

/** What `layout.meta` says to a page that plays the recording; its 0 s is the 0 of the time axis. */
export interface AttentionMeta {
  /** Address of the recording, relative to the notebook. */
  audio: string;
  /** How long it is. */
  seconds: number;
}

/**
 * Attention weights under the waveform or envelope. The time axis has its 0 at the first real frame
 * and spans the padded input, so that zeros before the utterance lie at negative times; they are
 * shaded. The weight of position t, which covers the frames t to t + receptiveField - 1, is drawn
 * at their middle. With a log-mel spectrogram there are three parts instead of two, and only a second
 * of the zeros is in view at first; how much of the weight stands on zeros is written on them.
 * @param signal Samples (only of speech that may be shown) or the envelope.
 * @param alpha Weights of the positions, `[T']`, sum 1 with `onOtherZeros`.
 * @returns A figure of 720 x 420 px, 20 KB of JSON at most; with log-mel 580 px and 5 bytes more for each
 *   of its values.
 * @throws {RangeError} If there are more frames than the padded input has, or weights and
 *   receptive field do not fit it.
 * @example Usage
 * ```ts
 * import { attentionFigure } from "ser/plots/attention.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const signal = { envelope: [0.1, 0.4, 0.2], secondsPerValue: 1 };
 * const figure = attentionFigure(signal, [0.1, 0.2, 0.7], { // 3 frames after 2 of zeros
 *   frames: 3, paddedFrames: 5, secondsPerFrame: 1,
 * });
 * deepStrictEqual(figure.data[1].x, [-1, 0, 1]); // frames 0-2, 1-3 and 2-4 of the padded input
 * ```
 */
export function attentionFigure(
  signal: AttentionSignal,
  alpha: ArrayLike<number>,
  options: AttentionOptions,
): Figure {
  const { title = "Attention", secondsPerFrame = 512 / 22050 } = options;
  const { first, span, zeros } = timing(alpha.length, options);
  const toSeconds = (frame: number) => round(frame * secondsPerFrame)!;
  const mel = "samples" in signal && signal.logMel
    ? melPart(signal.logMel, signal.sampleRate, secondsPerFrame)
    : undefined;
  const view = (mel ? narrowed(span, options.frames, ZEROS_IN_VIEW / secondsPerFrame) : span)
    .map(toSeconds);
  return {
    data: [
      "samples" in signal
        ? waveformTrace(signal.samples, signal.sampleRate, signal.emotion)
        : envelopeTrace(signal.envelope, signal.secondsPerValue, signal.emotion),
      weightTrace(alpha, first, toSeconds),
      ...(mel ? [mel.trace] : []),
    ],
    layout: {
      ...baseLayout({ title, height: mel ? 580 : 420, margin: { r: mel ? 80 : 20 } }),
      xaxis: axis("Time (s), 0 at the first frame of speech", {
        range: view,
        anchor: "y2",
      }),
      yaxis: axis("samples" in signal ? "Amplitude" : "RMS amplitude", {
        domain: mel ? [0.75, 1] : [0.55, 1],
      }),
      yaxis2: axis("Attention weight", {
        domain: mel ? [0, 0.3] : [0, 0.45],
        rangemode: "tozero",
      }),
      ...(mel ? { yaxis3: mel.axis } : {}),
      ...(zeros[1] > zeros[0]
        ? shading(zeros.map(toSeconds), view, {
          frames: zeros[1] - zeros[0],
          onZeros: weightBetween(zeros, alpha, first),
          onOthers: options.onOtherZeros,
        })
        : {}),
      ...metaOf(signal, options),
    },
  };
}

/** The spectrogram between signal and weights. */
function melPart(logMel: FrameMatrix, sampleRate: number, secondsPerFrame: number) {
  const trace = logMelTrace(logMel, sampleRate, secondsPerFrame * sampleRate);
  const colorbar = colourBar("dB", { y: 0.525, len: 0.36 });
  return {
    trace: { ...trace, yaxis: "y3", colorbar },
    axis: { ...melAxis(logMel.columns, sampleRate), domain: [0.37, 0.68] },
  };
}

function metaOf(signal: AttentionSignal, { audio }: AttentionOptions): { meta?: AttentionMeta } {
  if (audio === undefined) return {};
  const seconds = "samples" in signal
    ? signal.samples.length / signal.sampleRate
    : signal.envelope.length * signal.secondsPerValue;
  return { meta: { audio, seconds: round(seconds)! } };
}

/** Times in frames, 0 at the first real one: of the first weight, of the ends, of the zeros. */
function timing(weights: number, options: AttentionOptions) {
  const { frames, paddedFrames, padding = "before" } = options;
  const field = options.receptiveField ?? paddedFrames - weights + 1;
  if (!(frames <= paddedFrames) || field < 1 || weights + field - 1 > paddedFrames) {
    throw new RangeError(
      `Cannot draw the attention: expected ${frames} frames and ${weights} weights of ${field} ` +
        `frames each to fit the padded input, received ${paddedFrames} padded frames`,
    );
  }
  const added = paddedFrames - frames, before = padding === "before" ? added : 0;
  return {
    first: (field - 1) / 2 - before,
    span: [-before, paddedFrames - before],
    zeros: padding === "before" ? [-added, 0] : [frames, paddedFrames],
  };
}

/** Both ends at most so many frames away from the speech. */
const narrowed = ([from, to]: number[], frames: number, most: number): number[] => [
  Math.max(from, -most),
  Math.min(to, frames + most),
];

/** How much of the weight stands between two times, in frames. */
const weightBetween = ([from, to]: number[], alpha: ArrayLike<number>, first: number): number =>
  Array.from(alpha).reduce((sum, weight, position) => {
    const at = first + position;
    return at >= from && at < to ? sum + weight : sum;
  }, 0);

function weightTrace(
  alpha: ArrayLike<number>,
  first: number,
  toSeconds: (frame: number) => number,
): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name: "attention",
    x: Array.from(alpha, (_, position) => toSeconds(first + position)),
    y: rounded(alpha, 3),
    yaxis: "y2",
    fill: "tozeroy",
    line: { width: 1.5, color: ORANGE, shape: "hvh" },
    hovertemplate: "%{x:.2f} s: weight %{y:.4f}<extra></extra>",
  };
}

/** The shade over the zeros through all subplots, and its label in the part of them that is in view. */
function shading(
  [x0, x1]: number[],
  view: number[],
  { frames, onZeros, onOthers }: { frames: number; onZeros: number; onOthers?: number },
) {
  const weight = `${percent(onZeros + (onOthers ?? 0))} of weight`;
  const words = onOthers === undefined ? `(${frames} frames,` : "(in part; all:";
  const x = round((Math.max(x0, view[0]) + Math.min(x1, view[1])) / 2);
  const place = { x, y: 0.98, yref: "paper", yanchor: "top" };
  return {
    shapes: [verticalBand(x0, x1)],
    annotations: [note(`zero padding<br>${words}<br>${weight})`, place, 11)],
  };
}
