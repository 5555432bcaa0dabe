/** The pause after a page is four times as long as the page took. */
const PAUSE_FACTOR = 4;
/** The longest pause, by which a read that waits for its own write may wait longer. */
const LONGEST_PAUSE_MS = 25;
/** A timer cannot pause for less. */
const SHORTEST_PAUSE_MS = 1;
/** A page of so many events is worth a commit of its own; more such pages follow when there is much to catch up with. */
const LARGE_PAGE = 256;

/**
 * Pause in ms after a page, so that what is written meanwhile comes as one page: a document is then written once for all
 * events of a burst, in fewer commits. The event that finds the feed idle is folded at once, as the pause comes after the
 * work and is short where the work was.
 */
export function pauseAfterPage(page: { readonly tookMs: number; readonly events: number }): number {
  if (page.events >= LARGE_PAGE) return 0;
  const pause = Math.min(page.tookMs * PAUSE_FACTOR, LONGEST_PAUSE_MS);
  return pause < SHORTEST_PAUSE_MS ? 0 : pause;
}
