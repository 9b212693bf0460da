/** Where the attention looks: the signal above, the weights below, on one time axis. @module */
import {
  axis,
  baseLayout,
  type Figure,
  INK,
  ORANGE,
  PADDING_SHADE,
  round,
  rounded,
  type Trace,
} from "./figure.ts";
import { envelopeTrace, waveformTrace } from "./signal.ts";

/** The utterance above the weights: its samples, or only its envelope. */
export type AttentionSignal =
  | { samples: ArrayLike<number>; sampleRate: number; emotion?: string }
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
  /** Seconds from one frame to the next. @default {512 / 22050} */
  secondsPerFrame?: number;
  /** @default {"Attention"} */
  title?: string;
}

/**
 * Attention weights under the waveform or envelope. The time axis has its 0 at the first real frame
 * and spans the padded input, so that zeros before the utterance lie at negative times; they are
 * shaded. The weight of position t, which covers the frames t to t + receptiveField - 1, is drawn
 * at their middle.
 * @param signal Samples (only of speech that may be shown) or the envelope.
 * @param alpha Weights of the positions, `[T']`, sum 1.
 * @param options How positions lie in time.
 * @returns A figure of 720 x 420 px, 20 KB of JSON at most.
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
  return {
    data: [
      "samples" in signal
        ? waveformTrace(signal.samples, signal.sampleRate, signal.emotion)
        : envelopeTrace(signal.envelope, signal.secondsPerValue, signal.emotion),
      weightTrace(alpha, first, toSeconds),
    ],
    layout: {
      ...baseLayout({ title, height: 420 }),
      xaxis: axis("Time (s), 0 at the first frame of speech", {
        range: span.map(toSeconds),
        anchor: "y2",
      }),
      yaxis: axis("samples" in signal ? "Amplitude" : "RMS amplitude", { domain: [0.55, 1] }),
      yaxis2: axis("Attention weight", { domain: [0, 0.45], rangemode: "tozero" }),
      ...(zeros[1] > zeros[0] ? shading(zeros.map(toSeconds), zeros[1] - zeros[0]) : {}),
    },
  };
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

/** The shade over the zeros through both subplots, and its label. */
function shading([x0, x1]: number[], frames: number) {
  return {
    shapes: [{
      type: "rect",
      layer: "below",
      x0,
      x1,
      y0: 0,
      y1: 1,
      yref: "paper",
      fillcolor: PADDING_SHADE,
      line: { width: 0 },
    }],
    annotations: [{
      text: `zero padding<br>(${frames} frames)`,
      x: (x0 + x1) / 2,
      y: 0.98,
      yref: "paper",
      yanchor: "top",
      showarrow: false,
      font: { color: INK, size: 11 },
    }],
  };
}
