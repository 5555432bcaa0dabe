import { randomUUID } from 'node:crypto';
import { parsePosition, type Position } from '../shared/position.js';

const RESTORED = 'restored-';
const MARK_LENGTH = 8;

export const newLogId = (): string => randomUUID();

/** The id of a log that was put back from a backup: what was said of the log before it holds no more. */
export const restoredLogId = (): string => `${RESTORED}${randomUUID()}`;

/**
 * What stands before each position that a client gets of a restored log: a position of before the restore may now be
 * that of another event, and has to be told apart. Empty for a log that was never restored.
 */
export const markOf = (logId: string): string =>
  logId.startsWith(RESTORED) ? `${logId.slice(RESTORED.length, RESTORED.length + MARK_LENGTH)}.` : '';

/** A position as clients get it; the plain order of such texts is the log's. */
export const shownPosition = (logId: string, position: Position): Position => `${markOf(logId)}${position}` as Position;

/** The same for what has one among other things; no copy of it where a position is shown as it is. */
export const showingPositions = (logId: string) =>
  markOf(logId) === ''
    ? <Event extends { readonly position: Position }>(event: Event): Event => event
    : <Event extends { readonly position: Position }>(event: Event): Event => ({
        ...event,
        position: shownPosition(logId, event.position),
      });

/** What a client's position says: one of this log, one of another or of before a restore, or nothing at all. */
export function readShownPosition(logId: string, text: string): Position | 'of another log' | undefined {
  const mark = markOf(logId);
  if (mark !== '' && text.startsWith(mark)) return parsePosition(text.slice(mark.length));
  const plain = parsePosition(text.slice(text.indexOf('.') + 1));
  if (plain === undefined || !SHOWN.test(text)) return undefined;
  return text === plain && mark === '' ? plain : 'of another log';
}

const SHOWN = /^([0-9a-f]{8}\.)?[\d-]+$/;
