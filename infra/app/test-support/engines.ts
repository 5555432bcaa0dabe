import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliProgram, ensureBuilt } from './built-program.js';
import { Child } from './child.js';
import { files, openTestStores, type DerivedData } from './test-stores.js';
import { AUTH_SECRET, EngineProcess, launchEngine, type EngineOptions } from './engine-process.js';

/**
 * Processes and directories of one spec; gone after each test, or after all of them, however they ended. With `E2E_SETTING=distributed` all
 * engines of a test work on the same servers, whatever their directories.
 */
export interface Engines {
  /** A data directory that nothing was written to. */
  directory(): string;
  /** A running engine, in a directory of its own unless told otherwise. */
  start(options?: Partial<EngineOptions>): Promise<EngineProcess>;
  /** An engine that is expected not to start. */
  launch(options: EngineOptions): Child;
  /** Throws derived data of a stopped engine away. */
  lose(engine: EngineProcess, data: DerivedData): Promise<void>;
  /** All that the engine's stores hold, by the place where it stands. */
  stored(engine: EngineProcess): Promise<ReadonlyMap<string, string>>;
  /** The command line: `cartwright ARGS`. */
  cli(...args: readonly string[]): Child;
  /** The command line over a data directory. */
  cliOver(directory: string, ...args: readonly string[]): Child;
  /** The command line in an environment. */
  cliWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Child;
}

/**
 * Registers the hooks; call it at the top of a `describe`.
 * @param livesFor how long processes, directories and servers stay: what all tests of the `describe` share is made in its `beforeAll`
 */
export function useEngines(livesFor: 'each test' | 'all tests' = 'each test'): Engines {
  const [before, after] = livesFor === 'each test' ? [beforeEach, afterEach] : [beforeAll, afterAll];
  const directories: string[] = [];
  const children: Child[] = [];
  const engines: EngineProcess[] = [];
  let stores = files;
  beforeAll(ensureBuilt, 180_000);
  before(async () => {
    stores = await openTestStores();
  });
  after(async () => {
    const all = [...children, ...engines.flatMap(({ processes }) => processes)];
    await Promise.all(all.filter(({ ended }) => ended === undefined).map((child) => child.kill()));
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
    for (const list of [directories, children, engines]) list.length = 0;
    await stores.dispose();
    stores = files;
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
      const env = { ...stores.env, ...options.env };
      const engine = new EngineProcess({ directory: options.directory ?? directory(), ...options, env });
      engines.push(engine);
      await engine.start();
      return engine;
    },
    launch: (options) => remember(launchEngine({ ...options, env: { ...stores.env, ...options.env } })),
    lose: ({ options }, data) => stores.lose(options.directory, data),
    stored: ({ options }) => stores.texts(options.directory),
    cli: (...args) => remember(new Child({ args: [cliProgram, ...args] })),
    cliOver: (directory, ...args) =>
      remember(new Child({ args: [cliProgram, ...args], env: { DATA_DIR: directory, AUTH_SECRET, ...stores.env } })),
    cliWith: (env, ...args) => remember(new Child({ args: [cliProgram, ...args], env: { AUTH_SECRET, ...env } })),
  };
}
