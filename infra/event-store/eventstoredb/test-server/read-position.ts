import type { EventLog } from './event-log.js';
import type { Position } from './position.js';
import { invalidPosition } from './rpc-errors.js';

/** The reader finds records by offset: an offset inside a record is refused; one past the head is merely not yet there. */
export function assertReadable(log: EventLog, { commit }: Position): void {
  if (commit <= 0 || commit >= log.nextPosition) return;
  const event = log.all[log.indexFrom(commit)];
  if (event?.position !== commit) throw invalidPosition();
}
