import { refuse } from '../shared/index.js';
import type { ShortLine } from '../shared/index.js';
import type { AdjustStock } from './commands.js';
import type { LocationStock } from './state.js';

/** Far beyond any shelf, and far enough below 2^53 that no sum of stock ever loses a unit. */
export const MOST_UNITS = 1_000_000_000_000;

export const insufficientStock = ({ sku, requested, available }: ShortLine) =>
  refuse('INVENTORY.INSUFFICIENT_STOCK', `${requested} units of ${sku} were asked for, ${available} are available.`, {
    sku,
    available,
    requested,
  });

/** A location gives no more than what lies there and is not reserved. */
export function notEnoughAt({ location, quantity }: AdjustStock, { onHand, reserved }: LocationStock) {
  const extra = { location, onHand, reserved, available: onHand - reserved, requested: -quantity };
  return onHand + quantity < 0
    ? refuse('INVENTORY.NOT_ENOUGH_AT_LOCATION', `${location} has ${onHand} units, fewer than ${-quantity}.`, extra)
    : refuse(
        'INVENTORY.BELOW_RESERVED',
        `${location} has to keep the ${reserved} units that are reserved there.`,
        extra,
      );
}

export const invalidQuantity = () =>
  refuse('INVENTORY.INVALID_QUANTITY', 'A quantity is a whole number of units and not zero.');

export const quantityTooLarge = () =>
  refuse('INVENTORY.QUANTITY_TOO_LARGE', `Stock of a SKU is counted up to ${MOST_UNITS} units.`, { most: MOST_UNITS });

export const alreadyReserved = (reserved: number, requested: number) =>
  refuse('INVENTORY.ALREADY_RESERVED', `The order holds ${reserved} units of this SKU already, not ${requested}.`, {
    reserved,
    requested,
  });

export const holdNotFound = () =>
  refuse('INVENTORY.HOLD_NOT_FOUND', 'The order holds no units of this SKU, or no longer.');

export const commitExceedsHold = (held: number, requested: number) =>
  refuse('INVENTORY.COMMIT_EXCEEDS_HOLD', `The hold has ${held} units left, fewer than ${requested}.`, {
    held,
    requested,
  });
