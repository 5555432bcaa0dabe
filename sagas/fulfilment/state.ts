import type { Money } from '../../domain/shared/index.js';

/** The progress of one parcel. A delivery that is reported before the booking is known waits in `deliveredAt`. */
export interface ShipmentProgress {
  readonly phase: 'booking' | 'booked' | 'delivering' | 'delivered';
  readonly deliveredAt?: string;
}

/**
 * Why nothing more will be shipped: the last line has, or the open ones were cancelled. The holds of `skus` are released;
 * `remaining` is what the order costs without them.
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
  /** Whether the order is flagged, as the provider refused for good; `withdrawn`: the money has been settled since. */
  readonly flag: 'none' | 'raised' | 'withdrawn';
  /** Whether the order was told that its open lines are cancelled. */
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
