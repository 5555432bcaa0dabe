import { existsSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import { CliError } from '../cli-error.js';
import type { WhatIf } from './what-if.js';

/**
 * Loads what a file of TypeScript exports as its default. It runs in a context of its own that has the language and a console: no
 * network, no files and no process, so that what it does is computing. That keeps mistakes in, not malice.
 * @throws CliError it cannot be loaded, or exports something else
 */
export async function loadWhatIf(file: string): Promise<WhatIf> {
  if (!existsSync(file)) throw new CliError(`${file} is not there`);
  const code = await bundled(file);
  const exported: { default?: unknown } = {};
  try {
    const run = new Script(`(function (exports) {${code}\n})`, { filename: file }).runInContext(
      createContext({ console }),
    ) as (target: object) => void;
    run(exported);
  } catch (error) {
    throw new CliError(`${file} cannot be run: ${reasonOf(error)}`, { cause: error });
  }
  return checked(file, exported.default);
}

/** What was thrown in another context is no Error of this one. */
export const reasonOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error && 'name' in error
    ? `${String(error.name)}: ${String(error.message)}`
    : String(error);

/** One script without types and imports: Node 20 runs no TypeScript. */
async function bundled(file: string): Promise<string> {
  const { rolldown } = await import('rolldown');
  try {
    const bundle = await rolldown({
      input: file,
      platform: 'neutral',
      onLog: (_, { code, message }) => {
        if (code === 'UNRESOLVED_IMPORT') throw new CliError(message);
      },
    });
    const { output } = await bundle.generate({ format: 'cjs', exports: 'named' });
    await bundle.close();
    return output[0].code;
  } catch (error) {
    throw new CliError(`${file} cannot be compiled: ${reasonOf(error)}`, { cause: error });
  }
}

const RULES = ['pricing', 'promotions', 'reservation'] as const;

/** @throws CliError */
function checked(file: string, value: unknown): WhatIf {
  const flaw = isObject(value) ? flawOf(value) : 'has no default export that is an object';
  if (flaw !== null) throw new CliError(`${file} ${flaw}; docs/what-if.md says what it has to be`);
  return value as object as WhatIf;
}

function flawOf(value: Record<string, unknown>): string | null {
  if (typeof value['name'] !== 'string' || value['name'] === '') return 'exports no name';
  if (!('on' in value)) return flawOfRules(value);
  return isObject(value['on']) && Object.values(value['on']).every(isRule)
    ? null
    : 'has something in `on` that is no pair of functions `key` and `evolve`';
}

function flawOfRules(value: Record<string, unknown>): string | null {
  const rules = RULES.filter((rule) => rule in value);
  if (rules.length === 0) return `exports neither \`on\` nor one of ${RULES.join(', ')}`;
  if (rules.includes('reservation') && rules.length > 1)
    return 'exports a reservation policy beside prices: ask for one at a time';
  const functionOf = (rule: string): unknown =>
    rule === 'reservation' && isObject(value[rule]) ? value[rule]['inOrder'] : value[rule];
  const wrong = rules.find((rule) => typeof functionOf(rule) !== 'function');
  return wrong === undefined ? null : `exports a \`${wrong}\` that is not as it has to be`;
}

const isRule = (value: unknown): boolean =>
  isObject(value) && typeof value['key'] === 'function' && typeof value['evolve'] === 'function';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
