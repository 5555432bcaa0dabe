/**
 * The file a worker thread starts from. A thread is plain node and cannot load TypeScript, so where the caller itself runs
 * from source (under Jest) the worker's own source is compiled on the way; a build made earlier could be stale.
 * @param name of the worker's module beside `base` (the caller's own URL), without extension
 */
export async function workerEntry(name: string, base: string): Promise<URL> {
  if (!base.endsWith('.ts')) return new URL(`./${name}.js`, base);
  // Not a literal, so that the build, which leaves test support out, does not follow it.
  const compiler = new URL('./test-support/compile-worker.ts', import.meta.url).href;
  const { compileWorker } = (await import(compiler)) as { compileWorker: (entry: URL) => URL };
  return compileWorker(new URL(`./${name}.ts`, base));
}
