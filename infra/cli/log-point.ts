import { readShownPosition, type EventStore } from '../event-store/index.js';
import { isTimestamp, utcOf } from '../http/index.js';
import type { Position } from '../shared/position.js';
import { CliError } from './cli-error.js';

/** A place in the log as an option names it. */
export interface PointOption {
  /** Of the option, such as `--until`. */
  readonly name: string;
  /** A position as the feed shows it, or an RFC 3339 time. */
  readonly text: string;
}

type Log = Pick<EventStore, 'logId' | 'head' | 'positionBefore'>;

/**
 * Finds the last event at a position, or at a time or before it; null where there is none.
 * @throws CliError neither a position of this log nor a time
 */
export const upToPoint = (log: Log, option: PointOption): Promise<Position | null> =>
  pointOf(log, option, (time) => log.positionBefore(new Date(Date.parse(time) + 1).toISOString()));

/** Finds the place to go on after: a position, or before the first event at a time or after it. @throws as `upToPoint` */
export const afterPoint = (log: Log, option: PointOption): Promise<Position | null> =>
  pointOf(log, option, (time) => log.positionBefore(time));

async function pointOf(
  log: Log,
  { name, text }: PointOption,
  atTime: (time: string) => Promise<Position | null>,
): Promise<Position | null> {
  if (isTimestamp(text)) return atTime(utcOf(text));
  const position = readShownPosition(log.logId, text);
  if (position === undefined)
    throw new CliError(`${name} is ${text}, which is neither a position nor an RFC 3339 time`);
  if (position === 'of another log')
    throw new CliError(`${name} is ${text}, a position of another log, or of this one before it was restored`);
  const head = await log.head();
  if (head === null || position > head) throw new CliError(`${name} is ${text}, which is past the end of this log`);
  return position;
}
