import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../config/index.js';
import { packageRoot } from './package-root.js';

/**
 * The folder of the console that the build wrote.
 * @throws ConfigError the build is incomplete
 */
export function builtConsole(): string {
  const folder = join(packageRoot, 'dist', 'web', 'console');
  if (!existsSync(join(folder, 'index.html'))) throw new ConfigError(['the build has no console: run npm run build']);
  return folder;
}
