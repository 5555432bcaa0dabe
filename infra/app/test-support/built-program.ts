import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../boot/package-root.js';

/** The compiled programs that users run. */
export const engineProgram = join(packageRoot, 'dist/bundle/main.js');
export const cliProgram = join(packageRoot, 'dist/bundle/cli.js');

let isBuilt = false;

/** Builds where a source is newer than the build: a spec of the built engine must not pass on an old one. */
export function ensureBuilt(): void {
  if (isBuilt) return;
  const built = spawnSync(process.execPath, [join(packageRoot, 'scripts/ensure-built.mjs')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
  isBuilt = true;
}
