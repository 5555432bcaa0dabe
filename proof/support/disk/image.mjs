// Opens what a disk was left with.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { planFaults, readLog } from '../log-check.mjs';
import { inDirectory } from '../points.mjs';

/** What is wrong with a log of which these files (path → content) are left, opened as a restart does. */
export function faultsOfImage(files, appends, acknowledged) {
  return inDirectory(async (directory) => {
    const data = join(directory, 'data');
    mkdirSync(data);
    for (const [path, content] of files) writeFileSync(join(data, basename(path)), content);
    try {
      const { events, wrong } = await readLog(data, 'read-write');
      return [...wrong, ...planFaults(events, appends, acknowledged)];
    } catch (error) {
      return [`it cannot be opened: ${error.message}`];
    }
  });
}
