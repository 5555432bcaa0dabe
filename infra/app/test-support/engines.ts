import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliProgram, ensureBuilt } from './built-program.js';
import { Child } from './child.js';
import { AUTH_SECRET, EngineProcess, launchEngine, type EngineOptions } from './engine-process.js';

/** Processes and directories of one spec; gone after each test, however it ended. */
export interface Engines {
  /** A data directory that nothing was written to. */
  directory(): string;
  /** A running engine, in a directory of its own unless told otherwise. */
  start(options?: Partial<EngineOptions>): Promise<EngineProcess>;
  /** An engine that is expected not to start. */
  launch(options: EngineOptions): Child;
  /** The command line: `cartwright ARGS`. */
  cli(...args: readonly string[]): Child;
  /** The command line over a data directory. */
  cliOver(directory: string, ...args: readonly string[]): Child;
  /** The command line in an environment. */
  cliWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Child;
}

/** Registers the hooks; call it at the top of a `describe`. */
export function useEngines(): Engines {
  const directories: string[] = [];
  const children: Child[] = [];
  const engines: EngineProcess[] = [];
  beforeAll(ensureBuilt, 180_000);
  afterEach(async () => {
    const all = [...children, ...engines.flatMap(({ processes }) => processes)];
    await Promise.all(all.filter(({ ended }) => ended === undefined).map((child) => child.kill()));
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
    for (const list of [directories, children, engines]) list.length = 0;
  });
  const remember = (child: Child): Child => {
    children.push(child);
    return child;
  };
  const directory = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'cartwright-e2e-'));
    directories.push(made);
    return made;
  };
  return {
    directory,
    start: async (options = {}) => {
      const engine = new EngineProcess({ directory: options.directory ?? directory(), ...options });
      engines.push(engine);
      await engine.start();
      return engine;
    },
    launch: (options) => remember(launchEngine(options)),
    cli: (...args) => remember(new Child({ args: [cliProgram, ...args] })),
    cliOver: (directory, ...args) =>
      remember(new Child({ args: [cliProgram, ...args], env: { DATA_DIR: directory, AUTH_SECRET } })),
    cliWith: (env, ...args) => remember(new Child({ args: [cliProgram, ...args], env: { AUTH_SECRET, ...env } })),
  };
}
