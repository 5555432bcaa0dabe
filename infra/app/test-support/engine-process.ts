import { engineProgram } from './built-program.js';
import { Child } from './child.js';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

export const AUTH_SECRET = 'an auth secret for end-to-end specs';

export interface EngineOptions {
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly maxFileKiB?: number;
}

/** Starts the built engine; whoever calls this waits for what it prints. */
export function launchEngine({ directory, env = {}, ...limits }: EngineOptions): Child {
  const defaults = { DATA_DIR: directory, PORT: '0', AUTH_SECRET, SEED_DEMO: '0', SANDBOX_DELAY_MS: '200' };
  return new Child({ args: [engineProgram], env: { ...defaults, ...env }, ...limits });
}

/** Many at once, on a machine that does other things as well, take turns. */
const START_SECONDS = 90;

/** An engine over a data directory that can be killed and started again at the same address. */
export class EngineProcess {
  /** Every process that ever was this engine, the running one last. */
  readonly processes: Child[] = [];
  url = '';
  private port: number | undefined;

  constructor(readonly options: EngineOptions) {}

  get child(): Child {
    const child = this.processes.at(-1);
    if (child === undefined) throw new Error('the engine was not started');
    return child;
  }

  /** What all of its processes printed. */
  get output(): string {
    return this.processes.map(({ output }) => output).join('');
  }

  /** Resolves once it answers; a later start listens on the same port again. */
  async start(changes: Partial<EngineOptions> = {}): Promise<void> {
    this.port ??= await freePort();
    const { env, ...rest } = { ...this.options, ...changes };
    const child = launchEngine({ ...rest, env: { ...env, PORT: String(this.port) } });
    this.processes.push(child);
    this.url = await eventually(
      'the engine prints its address',
      () => {
        if (child.ended !== undefined) return '';
        return /Cartwright is at (http:\S+)/.exec(child.stdout)?.[1];
      },
      START_SECONDS,
    ).catch((error: unknown) => {
      throw new Error(`the engine does not start:\n${child.output}`, { cause: error });
    });
    if (this.url === '') throw new Error(`the engine ended with ${child.ended}:\n${child.output}`);
  }

  async kill(): Promise<void> {
    await this.child.kill();
  }

  /** Asks it to stop, as Ctrl-C does; answers how it ended. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | NodeJS.Signals> {
    this.child.signal(signal);
    return this.child.end();
  }
}
