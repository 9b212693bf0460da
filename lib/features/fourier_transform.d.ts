/** The part of `fourier-transform` 2.5.0 that is used here; the package has no types of its own. */

/**
 * Discrete Fourier transform of real numbers.
 * @param input Its length is a power of two, `>= 2`.
 * @param output Real and imaginary parts of the bins 0 to length / 2.
 */
export function fft(
  input: ArrayLike<number>,
  output?: [Float64Array, Float64Array],
): [Float64Array, Float64Array];
