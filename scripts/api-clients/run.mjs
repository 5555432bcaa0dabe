// What the steps of check.mjs share: running programs and saying what came of it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = fileURLToPath(new URL('.', import.meta.url));
export const root = join(here, '..', '..');
export const document = join(root, 'dist', 'openapi.json');
/** What is generated and compiled; never committed. */
export const cache = join(here, '.cache');

/** Says what came of one step; `.ci/run` counts these lines. Answers whether it went well. */
export function report(ok, what) {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}`);
  if (!ok) process.exitCode = 1;
  return ok;
}

export const skip = (what, why) => console.log(`skip ${what}: NOT TESTED for want of ${why}`);

/** Whether the program is there and answers. */
export const has = (program, argument) => spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;

/** Whether the program ends well; what it says is shown where it does not. */
export function runs([program, ...args], env = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: here,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status === 0) return true;
  // Indented: no line of another program is to be taken for a result.
  console.log(`${stdout ?? ''}${stderr ?? ''}${error ?? ''}`.replace(/^/gm, '    '));
  return false;
}

/** The command of a package that is installed in this folder. */
export const installed = (name) => join(here, 'node_modules', '.bin', name);
