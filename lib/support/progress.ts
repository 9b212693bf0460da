/** Progress of a long step: reported by the library, drawn by whoever asked for it. @module */

/**
 * Called as a step goes on.
 * @param done Units done, `0 <= done <= total`.
 * @param total Units in all.
 * @param what The step, for example "features of RAVDESS".
 */
export type Progress = (done: number, total: number, what: string) => void;
