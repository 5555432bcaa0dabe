import type { PricingPolicy, PromotionTerms } from '../../../domain/pricing/index.js';
import type { ReservationPolicy } from '../../../domain/inventory/index.js';

// What a file of analysts exports, as docs/what-if.md tells it. Types alone: such a file may import them, and nothing is left of that.

/** An event as a line of the feed of analysts has it: what is personal is null, and carts have pseudonyms. */
export interface FeedEvent<Data = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly position: string;
  readonly stream: string;
  readonly category: string;
  readonly revision: number;
  readonly type: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly actor: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly data: Data;
}

/** How events of a type change documents. */
export interface Rule {
  /** Ids of the documents that the event changes: one, many or none. */
  readonly key: (event: FeedEvent) => string | readonly string[];
  /** The document after the event, plain JSON; null deletes it. It may be changed in place. */
  readonly evolve: (doc: unknown, event: FeedEvent, id: string) => unknown;
}

/** A read model of an analyst's own. */
export interface OwnModel {
  /** That of a read model of the engine, where it is to be compared with it. */
  readonly name: string;
  /** By type of event. */
  readonly on: Readonly<Record<string, Rule>>;
}

/** A checkout that is decided again. */
export interface CheckoutFacts {
  readonly orderId: string;
  readonly at: string;
  readonly currency: string;
  readonly channel: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** Other rules for what was decided. */
export interface OtherRules {
  readonly name: string;
  /** The policy that a checkout is priced by in place of the one that was in force then. */
  readonly pricing?: (policy: PricingPolicy, checkout: CheckoutFacts) => unknown;
  /** The promotions in force, each as in what is given here or as `POST /v1/promotions` takes it. */
  readonly promotions?: (inForce: readonly PromotionTerms[], checkout: CheckoutFacts) => unknown;
  /** The order in which the locations give their units; one that is left out gives none. */
  readonly reservation?: Pick<ReservationPolicy, 'inOrder'>;
}

export type WhatIf = OwnModel | OtherRules;
