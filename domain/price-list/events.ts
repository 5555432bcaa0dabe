import type { DomainEvent } from '../shared/decider.js';

// These types are the storage format of streams `pricelist-{code}` and `pricelistproducts-{code}`: never edit one, add a version and an
// upcaster.

/** A list of prices: the rows of products that name it count while it is in force, for those that it is for. */
export interface PriceListDetails {
  readonly name: string;
  /** Of several lists the one with the highest counts; what is of no list has 0. */
  readonly priority: number;
  /** When it begins, inclusive; RFC 3339 UTC. */
  readonly from?: string;
  /** When it ends, exclusive; RFC 3339 UTC. */
  readonly to?: string;
  /** For buyers of any of these groups; absent: for all. */
  readonly customerGroups?: readonly string[];
  /** Codes of channels; absent: in all. */
  readonly channels?: readonly string[];
  /** ISO 3166-1 alpha-2; absent: everywhere. */
  readonly countries?: readonly string[];
}

/** Whether it has begun and not ended, up to the time `at`; RFC 3339 UTC. */
interface InForce {
  readonly isInForce: boolean;
  readonly at: string;
}

export type PriceListCreated = DomainEvent<
  'price-list.created.v1',
  PriceListDetails & InForce & { readonly code: string }
>;
/** Holds only the members that changed, null where one was taken away; and whether it is in force now. */
export type PriceListChanged = DomainEvent<
  'price-list.changed.v1',
  InForce & {
    readonly code: string;
    readonly name?: string;
    readonly priority?: number;
    readonly from?: string | null;
    readonly to?: string | null;
    readonly customerGroups?: readonly string[] | null;
    readonly channels?: readonly string[] | null;
    readonly countries?: readonly string[] | null;
  }
>;
/** Its prices count from now on. `at`: when it was to begin; RFC 3339 UTC. */
export type PriceListBegun = DomainEvent<'price-list.begun.v1', { readonly code: string; readonly at: string }>;
/** Its prices no longer count. `at`: when it was to end; RFC 3339 UTC. */
export type PriceListEnded = DomainEvent<'price-list.ended.v1', { readonly code: string; readonly at: string }>;

/** Products whose prices name the list from now on: they are told when it changes. */
export type PriceListProductsAdded = DomainEvent<
  'price-list-products.added.v1',
  { readonly code: string; readonly skus: readonly string[] }
>;

export type PriceListTermsEvent = PriceListCreated | PriceListChanged | PriceListBegun | PriceListEnded;
export type PriceListEvent = PriceListTermsEvent | PriceListProductsAdded;
