import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { compileWorker } from '../../worker/test-support/compile-worker.js';

export interface AppendingProcess {
  readonly child: ChildProcess;
  /** What it has printed so far: an acknowledged event's id, or `-` and the name of an error. */
  readonly lines: readonly string[];
  /** Resolves when it has printed that many lines. */
  printed(lines: number): Promise<void>;
  /** Resolves when it has ended and all its lines are here. */
  readonly ended: Promise<void>;
}

/** Starts an appending process (see appending-process.ts); `limit` is shell text that is run before it. */
export function startAppending(
  directory: string,
  { count, shared, limit = '' }: { readonly count: number; readonly shared: string; readonly limit?: string },
): AppendingProcess {
  const worker = new URL('../sqlite/writer.worker.ts', import.meta.url);
  const entry = fileURLToPath(compileWorker(new URL('./appending-process.ts', import.meta.url), [worker]));
  const command = [process.execPath, entry, directory, String(count), shared].map((part) => `'${part}'`).join(' ');
  const child = spawn('sh', ['-c', `${limit} exec ${command}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let waiting: { readonly lines: number; readonly done: () => void }[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    for (const wait of waiting) if (lines.length >= wait.lines) wait.done();
    waiting = waiting.filter((wait) => lines.length < wait.lines);
  });
  return {
    child,
    lines,
    printed: (count) =>
      lines.length >= count ? Promise.resolve() : new Promise((done) => waiting.push({ lines: count, done })),
    ended: new Promise((resolve) => reader.once('close', () => resolve())),
  };
}
