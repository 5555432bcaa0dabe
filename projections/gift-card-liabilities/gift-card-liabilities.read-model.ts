import type { GiftCardEvent } from '../../domain/gift-card/index.js';
import type { Money } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel, type Fold } from '../../infra/engine/projections/read-model.js';

/** What sums are kept of; `blocked` is the balance of blocked cards. */
export const LIABILITY_SUMS = [
  'issued',
  'spent',
  'refunded',
  'reclaimed',
  'adjusted',
  'expired',
  'held',
  'blocked',
] as const;
export type LiabilitySum = (typeof LIABILITY_SUMS)[number];

/**
 * What became of the gift cards of one currency, in minor units as text of its digits: a sum may go beyond what a JSON number
 * keeps. Id: the currency.
 */
export type LiabilitiesDocument = { currency: string; cards: number } & Record<LiabilitySum, string>;

interface Change {
  readonly balance: Money;
  readonly amount: Money;
  readonly blocked?: true;
}

/** How often a change of a card enters each sum by its amount, and with `balance` the balance of a blocked card. */
type Effect = Partial<Record<Exclude<LiabilitySum, 'blocked'> | 'balance', -1 | 1>>;

const currencyOf = ({ data }: RecordedEvent<{ readonly balance: Money }>): string => data.balance.currency;

const counted = (effect: Effect, cards: 0 | 1 = 0): Fold<LiabilitiesDocument, Change> => ({
  key: currencyOf,
  evolve: (doc, { data }, currency) => {
    const sums = doc ?? nothing(currency);
    const { balance = 0, ...others } = effect;
    const amount = BigInt(data.amount.amount);
    for (const name of LIABILITY_SUMS) if (name !== 'blocked') add(sums, name, amount * BigInt(others[name] ?? 0));
    if (data.blocked === true) add(sums, 'blocked', amount * BigInt(balance));
    sums.cards += cards;
    return sums;
  },
});

/** Every event says what it changes, so that no card has to be looked up. */
export const giftCardLiabilitiesReadModel = readModel<
  LiabilitiesDocument,
  Exclude<GiftCardEvent, { readonly type: 'gift-card.hold-closed.v1' }>
>({
  name: 'gift-card-liabilities',
  version: 2,
  indexes: [{ name: 'by-currency', fields: ['currency'] }],
  on: {
    'gift-card.issued.v1': counted({ issued: 1 }, 1),
    'gift-card.held.v1': counted({ held: 1, balance: -1 }),
    'gift-card.captured.v1': counted({ held: -1, spent: 1 }),
    'gift-card.released.v1': counted({ held: -1, balance: 1 }),
    'gift-card.refunded.v1': counted({ refunded: 1, balance: 1 }),
    'gift-card.reclaimed.v1': counted({ reclaimed: 1, balance: -1 }),
    'gift-card.reinstated.v1': counted({ reclaimed: -1, balance: 1 }),
    'gift-card.adjusted.v1': counted({ adjusted: 1, balance: 1 }),
    'gift-card.blocked.v1': {
      key: currencyOf,
      evolve: (doc, { data }, currency) => add(doc ?? nothing(currency), 'blocked', BigInt(data.balance.amount)),
    },
    'gift-card.expired.v1': counted({ expired: 1, balance: -1 }),
  },
});

const nothing = (currency: string): LiabilitiesDocument => ({
  currency,
  cards: 0,
  issued: '0',
  spent: '0',
  refunded: '0',
  reclaimed: '0',
  adjusted: '0',
  expired: '0',
  held: '0',
  blocked: '0',
});

function add(sums: LiabilitiesDocument, name: LiabilitySum, amount: bigint): LiabilitiesDocument {
  if (amount !== 0n) sums[name] = String(BigInt(sums[name]) + amount);
  return sums;
}
