/** Loading scripts when they are wanted: pages opened as files can load nothing else. @module */

const loading = new Map<string, Promise<void>>();

/**
 * Runs a script that belongs to the page, once.
 * @throws {Error} If it does not come; the next call tries again.
 */
export function loadScript(source: string): Promise<void> {
  if (!loading.has(source)) loading.set(source, run(source));
  return loading.get(source)!;
}

function run(source: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve();
    script.onerror = () => {
      loading.delete(source);
      script.remove();
      reject(
        new Error(
          `Cannot load a part of this page: expected "${source}" beside it; build it anew`,
        ),
      );
    };
    document.head.append(script);
  });
}
