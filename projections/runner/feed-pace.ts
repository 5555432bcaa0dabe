/** So many times as long as a page took is waited before the next. */
const PAUSE_PER_WORK = 4;
/** A read that waits for its own write waits this much longer at most. */
const MOST_PAUSE_MS = 25;
/** Timers know no less. */
const LEAST_PAUSE_MS = 1;
/** Events in a page that is worth a commit of its own; more such pages follow when there is much to catch up with. */
const LARGE_PAGE = 256;

/**
 * Pause in ms after a page, so that what is written meanwhile comes as one page: a document is then written once for all
 * events of a burst, in fewer commits. The event that finds the feed idle is folded at once, as the pause comes after the
 * work and is short where the work was.
 */
export function pauseAfter(page: { readonly tookMs: number; readonly events: number }): number {
  if (page.events >= LARGE_PAGE) return 0;
  const pause = Math.min(page.tookMs * PAUSE_PER_WORK, MOST_PAUSE_MS);
  return pause < LEAST_PAUSE_MS ? 0 : pause;
}
