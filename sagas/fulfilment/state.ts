import type { Money } from '../../domain/shared/index.js';

/** One parcel on its way. A delivery that is heard of before the booking is known waits in `deliveredAt`. */
export interface ShipmentProgress {
  readonly phase: 'booking' | 'booked' | 'delivering' | 'delivered';
  readonly deliveredAt?: string;
}

/**
 * Why nothing more will be shipped: the last line has, or the open ones were cancelled. `skus` are those whose holds are
 * let go; `remaining` is what the order costs without them.
 */
export type Closing =
  | { readonly reason: 'complete' }
  | { readonly reason: 'cancelled'; readonly skus: readonly string[]; readonly remaining: Money };

export interface FulfilmentState {
  readonly orderId: string;
  readonly paymentId: string;
  readonly shipments: Readonly<Record<string, ShipmentProgress>>;
  /** Keys of commits that are not answered yet. */
  readonly committing: readonly string[];
  readonly closing: Closing | null;
  /** Keys of releases that are not answered yet. */
  readonly releasing: readonly string[];
  /** `refused`: for now or, when no try is left, for good. */
  readonly money: 'held' | 'asked' | 'settled' | 'refused';
  /** How often the provider refused the capture. */
  readonly refusals: number;
  /** Whether a person was told that the money was refused for good; `withdrawn`: it has been settled since. */
  readonly flag: 'none' | 'raised' | 'withdrawn';
  /** The last word to the order: that its open lines are gone, that it is completed. */
  readonly cancelling: 'no' | 'sent' | 'answered';
  readonly completing: boolean;
}

export const newFulfilment = (): FulfilmentState => ({
  orderId: '',
  paymentId: '',
  shipments: {},
  committing: [],
  closing: null,
  releasing: [],
  money: 'held',
  refusals: 0,
  flag: 'none',
  cancelling: 'no',
  completing: false,
});
