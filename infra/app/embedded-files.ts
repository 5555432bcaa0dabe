import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { directoryOf, isEmbedded } from './adapters.js';

/** Whether there can be something to open: the embedded default makes this file with its first start, servers are there. */
export const isInstalled = (url: string, file: string): boolean =>
  !isEmbedded(url) || existsSync(join(directoryOf(url), file));
