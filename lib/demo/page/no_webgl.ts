/** Stands for TensorFlow.js's WebGL back end, a third of its size: the page computes on the CPU. @module */

/** What `tf.version` says of it. */
export const version_webgl = "left out";
