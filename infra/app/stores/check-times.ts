import { StoreRefusedError } from '../../shared/store-errors.js';
import type { EventStore, LogRegister } from '../../event-store/index.js';

/** The tolerance: clocks are set by less every day, and clocks of two machines differ by less. */
const MOST_AHEAD_MS = 10 * 60_000;

/**
 * Refuses a log whose last event is ahead of this machine's clock. One of the two is wrong, and later events would need even later
 * times.
 * @throws StoreRefusedError whose message says what to do
 */
export async function checkTimes(log: EventStore & LogRegister, now: () => number = Date.now): Promise<void> {
  for await (const { at, position } of log.readAll({ direction: 'backwards', limit: 1 })) {
    const aheadMs = Date.parse(at) - now();
    if (aheadMs <= MOST_AHEAD_MS) return;
    const accepted = await log.accepted('times');
    if (accepted !== null && accepted >= position) return;
    throw new StoreRefusedError(
      `the last event of the log was recorded at ${at}, ${inWords(aheadMs)} ahead of this machine's clock: set the clock ` +
        "right, or, where it was another clock that was wrong then, accept the log's times as they are: " +
        'npm run -s cli -- accept times',
    );
  }
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

function inWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE_MS);
  if (minutes < 2 * 60) return `${minutes} minutes`;
  return minutes < 2 * DAY_MINUTES ? `${Math.floor(minutes / 60)} hours` : `${Math.floor(minutes / DAY_MINUTES)} days`;
}
