import type { CartCheckedOut } from '../../domain/cart/index.js';
import type { OrderConfirmed } from '../../domain/order/index.js';
import type { Stepped } from '../../infra/engine/sagas/index.js';

/** The names of the sagas, which are those of `sagas/index.ts`. */
export const SAGA_NAMES = [
  'authorization',
  'checkout',
  'dispute',
  'first-order',
  'fulfilment',
  'gift-card-expiry',
  'price-list',
  'price-window',
  'promotion-uses',
  'promotion-window',
  'refund',
] as const;
export type SagaName = (typeof SAGA_NAMES)[number];

export const isSagaName = (name: string): name is SagaName => SAGA_NAMES.some((one) => one === name);

/** An instance by its saga and its id within it. */
export interface SagaKey {
  readonly name: SagaName;
  readonly id: string;
}

/** What sagas record, and the two events that begin and end a checkout without a record of its own. */
export type SagaFollowed = Stepped<SagaName> | CartCheckedOut | OrderConfirmed;
