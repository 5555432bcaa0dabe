import { accessSync, constants, existsSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freeBytes, inDirectory, spaceProblem } from '../../config/data-directory.js';
import { ConfigError } from '../../config/index.js';
import { isOurs } from '../../app/boot/private-files.js';
import { attempt, well, wrong, type Finding } from './finding.js';

const OTHERS = 0o077;
const GIB = 1024 ** 3;
/** Below this there is little time left: the log of a busy shop grows by as much in a day. */
const LITTLE_BYTES = GIB;

/** What a data directory is like, or the place where the first start makes it. */
export async function directoryFindings(directory: string): Promise<readonly Finding[]> {
  const writable = await attempt(`${directory} can be written`, () => checkWritable(directory));
  if (!writable.finding.ok) return [writable.finding];
  const place = nearest(directory);
  const free = `${(freeBytes(place) / GIB).toFixed(1)} GiB are free for ${directory}`;
  const space = existsSync(join(directory, 'events.db')) ? null : spaceProblem(place);
  const findings = [writable.finding, space === null ? spaceFinding(place, free) : wrong(space)];
  if (place !== directory) return [...findings, well(`${directory} is not there yet: the first start makes it`)];
  return [...findings, ...privacyFindings(directory), ...secretFindings(directory), ...processFindings(directory)];
}

const spaceFinding = (place: string, line: string): Finding =>
  freeBytes(place) < LITTLE_BYTES
    ? wrong(`${line}: less than 1 GiB; writes end with 503 when nothing is left`)
    : well(line);

/** @throws ConfigError it is no directory, or this user cannot make or write it */
function checkWritable(directory: string): void {
  const place = nearest(directory);
  inDirectory(directory, () => {
    if (!statSync(place).isDirectory()) {
      throw new ConfigError([`DATA_DIR is ${directory}: ${place} is a file, not a directory; set another DATA_DIR`]);
    }
    accessSync(place, constants.W_OK | constants.X_OK);
  });
}

/** The directory, or what is there of the way to it. */
function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

function privacyFindings(directory: string): readonly Finding[] {
  const open = readdirSync(directory)
    .filter(isOurs)
    .filter((name) => ((statSync(join(directory, name), { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) !== 0);
  if (open.length === 0) return [well('files and secrets are their owner’s alone')];
  return [wrong(`others may open ${open.join(', ')} in ${directory}: chmod 600, or start the engine, which does it`)];
}

/** A secret is made where it is missing: not where something was made with the one that is gone. */
function secretFindings(directory: string): readonly Finding[] {
  const isGone = existsSync(join(directory, 'keys.db')) && !existsSync(join(directory, 'server.secret'));
  if (!isGone || process.env['SERVER_SECRET'] !== undefined) return [];
  return [
    wrong(`server.secret is missing beside keys.db in ${directory}: put it back from the backup, or set SERVER_SECRET`),
  ];
}

function processFindings(directory: string): readonly Finding[] {
  const processes = holdersOf(join(directory, 'events.db'));
  return processes.length === 0 ? [] : [well(`an engine is at work on ${directory} (process ${processes.join(', ')})`)];
}

/** Processes of this user that have the file open; Linux. */
function holdersOf(path: string): readonly string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid) && hasOpen(pid, path));
}

function hasOpen(pid: string, path: string): boolean {
  try {
    const files = `/proc/${pid}/fd`;
    return readdirSync(files).some((file) => readlinkSync(join(files, file)) === path);
  } catch {
    // Another user's, or gone in this moment.
    return false;
  }
}
