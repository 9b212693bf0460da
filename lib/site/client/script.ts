/** Loading scripts when they are wanted: pages opened as files can load nothing else. @module */

const loading = new Map<string, Promise<void>>();

/** Runs a script of the site, once. */
export function loadScript(source: string): Promise<void> {
  let load = loading.get(source);
  if (!load) {
    load = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`Cannot load ${source}`));
      document.head.append(script);
    });
    loading.set(source, load);
  }
  return load;
}
