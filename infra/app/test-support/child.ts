import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { eventually } from './eventually.js';

export interface ChildOptions {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The largest file that the process may write, KiB: writing on fails as on a full disk. */
  readonly maxFileKiB?: number;
}

/** A Node program that runs beside the spec, and everything that it printed. */
export class Child {
  stdout = '';
  stderr = '';
  /** Exit code or signal; undefined while it runs. */
  ended: number | NodeJS.Signals | undefined;
  private readonly process: ChildProcess;

  constructor({ args, env = {}, maxFileKiB }: ChildOptions) {
    const [command, ...rest] =
      maxFileKiB === undefined
        ? [process.execPath, ...args]
        : ['bash', '-c', `ulimit -S -f ${maxFileKiB} && exec "$0" "$@"`, process.execPath, ...args];
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    // Of the developer's environment only what finds programs: the engine must not see a setting of theirs.
    const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
    this.process = spawn(command, rest, { env: { ...inherited, ...env }, stdio });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.process.on('close', (code, signal) => (this.ended = code ?? signal ?? 0));
  }

  get output(): string {
    return this.stdout + this.stderr;
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** There is space again: its files may grow. Linux. */
  liftFileLimit(): void {
    const lifted = spawnSync('prlimit', ['--pid', String(this.process.pid), '--fsize=unlimited']);
    if (lifted.status !== 0) throw new Error(`prlimit failed: ${lifted.error?.message ?? String(lifted.stderr)}`);
  }

  /** How it ends. @throws with all that it printed when it does not */
  async end(withinSeconds = 30): Promise<number | NodeJS.Signals> {
    return eventually<number | NodeJS.Signals>('the process ends', () => this.ended, withinSeconds).catch(
      (error: unknown) => {
        throw new Error(`still running; it printed:\n${this.output}`, { cause: error });
      },
    );
  }

  /** As a power failure would: at once, wherever it is. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.end();
  }
}
