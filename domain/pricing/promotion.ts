import type { Money, UseLimits } from '../shared/index.js';

/**
 * Which lines something is about: every member that is there holds, `skus`, `categories` and `brands` by any of their values,
 * `attributes` by all of them. Without members it is every line.
 */
export interface Selector {
  readonly skus?: readonly string[];
  readonly categories?: readonly string[];
  readonly brands?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly except?: Selector;
}

/** What has to hold before a promotion takes anything off. Subtotals are before discounts and without gift cards. */
export type Condition =
  | { readonly type: 'subtotal'; readonly atLeast: readonly Money[] }
  | { readonly type: 'quantity'; readonly atLeast: number; readonly of?: Selector }
  | { readonly type: 'first-order' };

/** Whether somebody has to know what the account has bought before. */
export const asksForFirstOrder = (when: readonly Condition[]): boolean =>
  when.some(({ type }) => type === 'first-order');

/** What is lowered: the whole order, its shipping, or lines. */
export type Target = 'order' | 'shipping' | Selector;

/** `percent` is a decimal as text, above 0 and at most 100; amounts are one a currency, and one that is not named takes nothing off. */
export interface PercentOff {
  readonly type: 'percent-off';
  readonly percent: string;
  readonly of: Target;
  readonly atMost?: readonly Money[];
}
export interface AmountOff {
  readonly type: 'amount-off';
  readonly amounts: readonly Money[];
  readonly of: Target;
}
/** For every `buy.quantity` units, `get.quantity` others are lowered by a percentage, the cheapest first. */
export interface BuyGet {
  readonly type: 'buy-get';
  readonly buy: { readonly quantity: number; readonly of?: Selector };
  readonly get: { readonly quantity: number; readonly of?: Selector; readonly percent: string };
  readonly timesAtMost?: number;
}
/** What a unit costs instead, where it would cost more. */
export interface FixedPrice {
  readonly type: 'fixed-price';
  readonly amounts: readonly Money[];
  readonly of: Selector;
}
export interface FreeShipping {
  readonly type: 'free-shipping';
  /** Ids of shipping methods; all where none are named. */
  readonly methods?: readonly string[];
}
export type Effect = PercentOff | AmountOff | BuyGet | FixedPrice | FreeShipping;

/** What a promotion does and for whom, whatever its status, its window and how often it was used. */
export interface PromotionTerms {
  readonly promotionId: string;
  /** For people. */
  readonly name: string;
  /** The higher, the earlier it takes off; equal ones go by their ids. */
  readonly priority: number;
  /** With which others it is given: with all, with none, or with those of the groups. */
  readonly combines: 'all' | 'none' | readonly string[];
  readonly group?: string;
  readonly channels?: readonly string[];
  readonly currencies?: readonly string[];
  readonly customerGroups?: readonly string[];
  /** ISO 3166-1 alpha-2, of the destination. */
  readonly countries?: readonly string[];
  readonly trigger: 'automatic' | 'coupon';
  readonly when: readonly Condition[];
  readonly then: readonly Effect[];
}

/** A promotion that is given now, to whom its terms name. */
export interface PromotionInForce {
  readonly terms: PromotionTerms;
  /** How often it is given, and for how much in all; where it is limited, an order that has it reserves a use. */
  readonly limits?: UseLimits;
}

/** A promotion in force that a buyer may have; `code` is that of the coupon which they handed in for it. */
export interface Offer {
  readonly promotion: PromotionTerms;
  readonly code?: string;
}
