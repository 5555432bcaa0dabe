/** How long stock is held for an order that is not confirmed; longer than any payment takes. */
const HOLD_MS = 15 * 60_000;
/** After this long without a definite answer of the provider a checkout gives up. */
const GIVE_UP_MS = 25_000;
/** A buyer who has to confirm first may take this long; what is held lasts longer. */
const BUYER_MS = 10 * 60_000;
/** The provider's notice says what the buyer did; asking makes up for one that is lost. */
const BUYER_PAUSE_MS = 30_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

const later = (now: string, milliseconds: number): string => new Date(Date.parse(now) + milliseconds).toISOString();

export const holdExpiry = (now: string): string => later(now, HOLD_MS);
export const giveUpTime = (now: string): string => later(now, GIVE_UP_MS);
export const buyerTime = (now: string): string => later(now, BUYER_MS);
export const askForBuyerTime = (now: string): string => later(now, BUYER_PAUSE_MS);
/** A provider that could not be asked so long is asked no more: what is held lasts longer. */
const ASK_WITHIN_MS = 10 * 60_000;

export const askByTime = (now: string): string => later(now, ASK_WITHIN_MS);

/** 1, 2, 4, 8, 8, … seconds after the answer that said nothing. */
export const askAgainTime = (now: string, asked: number): string =>
  later(now, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (asked - 1)));
