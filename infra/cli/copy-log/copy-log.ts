import { distance, type Position } from '../../shared/position.js';
import { CliError } from '../cli-error.js';
import { showProgress, type Progress } from '../progress.js';
import type { Say } from '../rebuild.js';
import { asCliError } from './copy-errors.js';
import { copyEvents } from './copy-events.js';
import { withLogs, withoutCredentials, type Logs } from './open-logs.js';
import { resumePoint, type ResumePoint } from './resume-point.js';
import { verifyCopy, type Verified } from './verify-copy.js';

/**
 * Copies every event of a log as it is, personal data sealed, into another event store, and compares the two. Killed, it
 * goes on where it was when it is run again; so it does with what was added to the source since.
 * @throws CliError the URLs or what the target holds do not fit, or the copy differs
 */
export async function copyLog(from: string, to: string, say: Say): Promise<void> {
  try {
    await withLogs(from, to, (logs) => copyBetween(logs, to, say));
  } catch (error) {
    throw asCliError(error);
  }
}

async function copyBetween(logs: Logs, to: string, say: Say): Promise<void> {
  const { source, target } = logs;
  const head = await source.head();
  const begun = await resumePoint(source, target);
  if (head === null) return say('FROM is empty: there is nothing to copy');
  if (begun === null) say(`copying into a new log, ${target.logId}`);
  else say(`${withoutCredentials(to)} is a copy up to about position ${begun.last} of FROM already: going on after it`);
  await copyRest(logs, head, begun);
  const { events, streams } = await compared(logs, head);
  say(`${events} events of ${streams} streams are the same in both, by number and SHA-256 of each stream`);
  const now = await source.head();
  if (now !== null && now > head) say('FROM has grown meanwhile: run the same command again for the rest');
  for (const line of nextSteps(to)) say(line);
}

async function copyRest({ source, target, commitsPages }: Logs, upTo: Position, begun: ResumePoint | null) {
  const { after, known } = begun ?? { after: null, known: new Map<string, number>() };
  const follow = following('copy', upTo, after);
  try {
    await copyEvents({ source, target, commitsPages, after, known, upTo, onCopied: follow.to });
  } finally {
    follow.progress.stop();
  }
}

async function compared({ source, target }: Logs, head: Position): Promise<Verified> {
  const follow = following('compare', head, null);
  try {
    const verified = await verifyCopy({ source, target, upTo: head, onCompared: follow.to });
    if (verified.difference !== null) throw new CliError(`the copy differs: ${verified.difference}`);
    return verified;
  } finally {
    follow.progress.stop();
  }
}

/** Shows the progress of work along the source's log. */
function following(
  what: string,
  head: Position,
  done: Position | null,
): { readonly progress: Progress; readonly to: (position: Position) => void } {
  const progress = showProgress(what, { total: distance(null, head), already: distance(null, done) });
  let at = done;
  const to = (position: Position): void => {
    progress.done(distance(at, position));
    at = position;
  };
  return { progress, to };
}

const nextSteps = (to: string): readonly string[] => [
  `Next: EVENT_STORE_URL=${withoutCredentials(to)}, with the same SERVER_SECRET as before.`,
  'Read models: give the engine empty stores (READ_STORE_URL, SEARCH_URL) and it builds them from the copy at its start;',
  'those of the other log are refused until `npm run -s cli -- rebuild --all` and `… rebuild saga-instances`.',
  'Personal data is copied sealed. Its keys stay in KEY_STORE_URL, or move by `npm run -s cli -- copy-keys FROM TO`.',
];
