import { parsePosition, type Position } from '../shared/position.js';
import { invalid } from './problem.js';

export const CONSISTENCY_TOKEN = 'consistency-token';

/** What an empty log has instead of a position. */
const NOTHING = '-';

/** Opaque to clients: the log and how far it had come. */
export const writeToken = (logId: string, position: Position | null): string => `${logId}.${position ?? NOTHING}`;

/** The position of a token of this log; null is the beginning. @throws ProblemError 400 when it is none of ours */
export function readToken(text: string, logId: string): Position | null {
  const dot = text.lastIndexOf('.');
  const place = text.slice(dot + 1);
  if (dot < 0 || text.slice(0, dot) !== logId) throw invalid('Consistency-Token', 'is not a token of this log');
  if (place === NOTHING) return null;
  const position = parsePosition(place);
  if (position === undefined) throw invalid('Consistency-Token', 'is malformed');
  return position;
}
