/** One utterance over time: its waveform, its envelope, and waveform, mel and MFCC together. @module */
import { emotionColour } from "./colours.ts";
import { extremes } from "./envelope.ts";
import {
  axis,
  baseLayout,
  BLUE,
  colourBar,
  type Figure,
  type FrameMatrix,
  rounded,
  type Trace,
} from "./figure.ts";
import { logMelTrace, melAxis, mfccTrace } from "./heatmaps.ts";

/** What the figures of a signal have in common. */
export interface SignalOptions {
  /** Says the subject. @default {"Waveform"} and the like */
  title?: string;
  /** Chooses the emotion's colour; none is blue. */
  emotion?: string;
  /** Height in px. @default {260} */
  height?: number;
}

/**
 * A waveform, drawn through the extremes of 640 bins.
 * @param samples Mono samples in [-1, 1], shape `[n]`.
 * @param sampleRate In Hz.
 * @returns A figure of 720 x 260 px, 12 KB of JSON at most.
 * @example Usage
 * ```ts
 * import { waveformFigure } from "ser/plots/signal.ts";
 * import { strictEqual } from "node:assert/strict";
 * const beep = Float32Array.from({ length: 16000 }, (_, n) => Math.sin(n / 9));
 * const { data } = waveformFigure(beep, 16000, { emotion: "neutral" });
 * strictEqual((data[0].y as number[]).length, 1280); // 640 bins, two extremes each
 * ```
 */
export function waveformFigure(
  samples: ArrayLike<number>,
  sampleRate: number,
  options: SignalOptions = {},
): Figure {
  const { title = "Waveform", height = 260 } = options;
  return {
    data: [waveformTrace(samples, sampleRate, options.emotion)],
    layout: {
      ...baseLayout({ title, height }),
      xaxis: axis("Time (s)", { range: [0, samples.length / sampleRate] }),
      yaxis: axis("Amplitude", { zeroline: true }),
    },
  };
}

/** One utterance in three forms. */
export interface SignalForms {
  /** Mono samples in [-1, 1], shape `[n]`. */
  samples: ArrayLike<number>;
  /** Of the samples, Hz. */
  sampleRate: number;
  /** Log-mel spectrogram in dB, `[frames, bands]`. */
  logMel: FrameMatrix;
  /** MFCCs, `[frames, coefficients]`, without padding. */
  mfcc: FrameMatrix;
}

/**
 * Waveform, log-mel spectrogram and MFCCs of one utterance under one another on one time axis.
 * @param options As of the waveform (height 640 px).
 * @returns A figure of 720 x 640 px; JSON of about 5 bytes a value: 100 frames, 128 bands and 40
 *   coefficients make 90 KB.
 */
export function signalFigure(forms: SignalForms, options: SignalOptions = {}): Figure {
  const { title = "From waveform to MFCC", height = 640 } = options;
  const { samples, sampleRate, logMel, mfcc } = forms;
  const bar = (y: number, text: string) => ({ colorbar: colourBar(text, { y, len: 0.29 }) });
  return {
    data: [
      waveformTrace(samples, sampleRate, options.emotion),
      { ...logMelTrace(logMel, sampleRate), yaxis: "y2", ...bar(0.515, "dB") },
      { ...mfccTrace(mfcc, sampleRate), yaxis: "y3", ...bar(0.145, "value") },
    ],
    layout: {
      ...baseLayout({ title, height, margin: { r: 80 } }),
      xaxis: axis("Time (s)", { range: [0, samples.length / sampleRate], anchor: "y3" }),
      yaxis: axis("Amplitude", { domain: [0.74, 1], zeroline: true }),
      yaxis2: { ...melAxis(logMel.columns, sampleRate), domain: [0.37, 0.66] },
      yaxis3: axis("MFCC index", { domain: [0, 0.29], showgrid: false }),
    },
  };
}

/** A waveform as a line of at most 1280 points. */
export function waveformTrace(
  samples: ArrayLike<number>,
  sampleRate: number,
  emotion?: string,
): Trace {
  const { values, step } = extremes(samples, 640);
  return {
    type: "scatter",
    mode: "lines",
    name: "waveform",
    x0: 0,
    dx: step / sampleRate,
    y: values,
    line: { width: 1, color: emotion ? emotionColour(emotion) : BLUE },
    hoverinfo: "skip",
  };
}

/** An envelope as a filled line, each value in the middle of its hop of `seconds`. */
export function envelopeTrace(
  envelope: ArrayLike<number>,
  seconds: number,
  emotion?: string,
): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name: "envelope",
    x0: seconds / 2,
    dx: seconds,
    y: rounded(envelope, 3),
    fill: "tozeroy",
    line: { width: 1.5, color: emotion ? emotionColour(emotion) : BLUE },
    hovertemplate: "%{x:.2f} s: %{y:.3f}<extra></extra>",
  };
}
