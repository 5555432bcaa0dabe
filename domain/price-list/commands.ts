import type { PriceListChanged, PriceListDetails } from './events.js';

/** The channels that there are, among those that are named. */
interface Known {
  readonly channels: ReadonlySet<string>;
}

/**
 * Creates a price list. What has begun by `now` (RFC 3339 UTC) is in force at once.
 *
 * Refused: PRICE_LIST.CODE_TAKEN; PRICE_LIST.INVALID with every member that is wrong.
 */
export interface CreatePriceList {
  readonly type: 'create-price-list';
  readonly code: string;
  readonly details: PriceListDetails;
  readonly now: string;
  readonly known: Known;
}

/**
 * Changes the members that are given; null takes one away. Satisfied when they are so already.
 *
 * Refused: PRICE_LIST.NOT_FOUND; PRICE_LIST.INVALID with every member that is wrong.
 */
export interface ChangePriceList {
  readonly type: 'change-price-list';
  readonly code: string;
  readonly changes: Omit<PriceListChanged['data'], 'code' | 'isInForce' | 'at'>;
  readonly now: string;
  readonly known: Known;
}

/**
 * Begins or ends the list, up to a time at which its window does. Satisfied when that was done.
 *
 * Refused: PRICE_LIST.NOT_FOUND.
 */
export interface PassListWindow {
  readonly type: 'pass-list-window';
  /** RFC 3339 UTC. */
  readonly at: string;
}

export type PriceListCommand = CreatePriceList | ChangePriceList | PassListWindow;

/** Adds products that are to be told of changes; those that are there already are left out. */
export interface AddProducts {
  readonly type: 'add-products';
  readonly code: string;
  readonly skus: readonly string[];
}
