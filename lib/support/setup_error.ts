/** The error of a set-up step that tells the reader what to do. @module */

/**
 * A set-up step that cannot be done here: a tool, the network, disk space or the platform is
 * missing. The message names what is missing and how to get it; a caller that has another way
 * (for example the next TensorFlow back end) prints it and goes on.
 */
export class SetupError extends Error {
  override name = "SetupError";
}
