import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventTypeDocuments } from '../../../read-api/events/index.js';
import { packageRoot } from '../boot/package-root.js';

const BUILT = join(packageRoot, 'dist', 'event-types.json');

let loaded: Promise<EventTypeDocuments> | null = null;

/** Loads what the build read of event types from the code, when it is first asked for. @throws Error the build is incomplete */
export function builtEventTypes(): Promise<EventTypeDocuments> {
  loaded ??= load().catch((error: unknown) => {
    loaded = null;
    throw new Error('the build has no event types: run npm run build', { cause: error });
  });
  return loaded;
}

const load = async (): Promise<EventTypeDocuments> => JSON.parse(await readFile(BUILT, 'utf8')) as EventTypeDocuments;
