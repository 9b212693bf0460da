/** Colours: one per emotion, the same in every figure, and scales for matrices. @module */

/**
 * One colour per emotion, told apart by readers with normal sight, protanopia, deuteranopia and
 * tritanopia (CIE76 distance at least 22 between any two under the simulation of Machado et al.,
 * 2009) and seen on white and on #111 (contrast at least 2.1).
 */
const COLOURS = {
  anger: "#cb1a14",
  happiness: "#e99022",
  sadness: "#2363d2",
  fear: "#8d59a2",
  surprise: "#d1a4d5",
  disgust: "#00933f",
  neutral: "#8c8c8c",
  calm: "#44aaff",
};

/** How the corpora and the paper call the same emotion. */
const SYNONYMS: Record<string, keyof typeof COLOURS> = {
  angry: "anger",
  happy: "happiness",
  joy: "happiness",
  sad: "sadness",
  fearful: "fear",
  anxiety: "fear",
  surprised: "surprise",
  disgusted: "disgust",
  neutrality: "neutral",
  calmness: "calm",
};

/**
 * The colour of an emotion.
 * @param emotion A name in any corpus's words, any case, for example "angry" or "Anger".
 * @returns `#rrggbb`.
 * @throws {RangeError} If no colour is fixed for the emotion.
 * @example Usage
 * ```ts
 * import { emotionColour } from "ser/plots/colours.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(emotionColour("fearful"), emotionColour("Fear")); // RAVDESS's and SAVEE's word
 * ```
 */
export function emotionColour(emotion: string): string {
  const word = emotion.trim().toLowerCase();
  const colour = COLOURS[SYNONYMS[word] ?? word as keyof typeof COLOURS];
  if (!colour) {
    const known = [...Object.keys(COLOURS), ...Object.keys(SYNONYMS)].join(", ");
    throw new RangeError(
      `Cannot colour the emotion: expected one of ${known}; received "${emotion}"`,
    );
  }
  return colour;
}

/** A Plotly colour scale: positions in [0, 1] and colours. */
export type ColourScale = [position: number, colour: string][];

/** A scale with these colours at equal distances. */
function evenly(...colours: string[]): ColourScale {
  return colours.map((colour, i) => [i / (colours.length - 1), colour]);
}

/** Light to dark blue, for shares of confusion matrices; light enough at 0 on a dark page, too. */
export const SHARE_SCALE = evenly("#edf2f7", "#bcd3ea", "#6ea6d6", "#2a6fb3", "#0a3466");

/** Viridis, written out: level in dB, dark to light. */
export const LEVEL_SCALE = evenly(
  ...["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c"],
  ...["#28ae80", "#5ec962", "#addc30", "#fde725"],
);

/** Blue, light grey at the true zero, orange: signed values such as MFCCs. */
export const SIGNED_SCALE = evenly("#08306b", "#3182bd", "#e8e8e8", "#e6842a", "#7f2704");

/** The orange half of {@link SIGNED_SCALE}, for values of which none is negative. */
export const POSITIVE_SCALE = evenly(...SIGNED_SCALE.slice(2).map(([, colour]) => colour));

/**
 * The colour at a position of a scale, by linear interpolation as Plotly does it.
 * @param scale Positions ascending from 0 to 1.
 * @param position In [0, 1].
 * @returns Red, green and blue in [0, 255].
 */
export function colourAt(scale: ColourScale, position: number): [number, number, number] {
  const upper = Math.max(1, scale.findIndex(([at]) => at >= position));
  const [from, low] = scale[upper - 1], [to, high] = scale[upper];
  const share = (position - from) / (to - from);
  const mix = (start: number) => {
    const a = parseInt(low.slice(start, start + 2), 16);
    const b = parseInt(high.slice(start, start + 2), 16);
    return Math.round(a + share * (b - a));
  };
  return [mix(1), mix(3), mix(5)];
}

/**
 * Black or white, whichever reads better on a background (WCAG 2 relative luminance).
 * @param rgb Red, green and blue in [0, 255].
 */
export function textColourOn(rgb: readonly [number, number, number]): "#000000" | "#ffffff" {
  return luminance(rgb) > 0.179 ? "#000000" : "#ffffff";
}

/** WCAG 2 relative luminance, 0 (black) to 1 (white), of red, green, blue in [0, 255]. */
export function luminance(rgb: readonly [number, number, number]): number {
  const [r, g, b] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
