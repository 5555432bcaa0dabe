import type { DomainEvent } from '../shared/decider.js';

// These types are the storage format of streams `channel-{code}`: never edit one, add a version and an upcaster.

/** Where and how a shop sells. */
export interface ChannelDetails {
  readonly name: string;
  /** ISO 4217, each once. */
  readonly currencies: readonly string[];
  /** ISO 3166-1 alpha-2, each once; absent where it sells everywhere. */
  readonly countries?: readonly string[];
  /** BCP 47. */
  readonly locale: string;
  /** IANA; days of its reports. */
  readonly timeZone: string;
}

export type ChannelCreated = DomainEvent<'channel.created.v1', ChannelDetails & { readonly code: string }>;
/** Holds only the members that changed; null for `countries`: everywhere from now on. */
export type ChannelChanged = DomainEvent<
  'channel.changed.v1',
  {
    readonly code: string;
    readonly name?: string;
    readonly currencies?: readonly string[];
    readonly countries?: readonly string[] | null;
    readonly locale?: string;
    readonly timeZone?: string;
  }
>;

export type ChannelEvent = ChannelCreated | ChannelChanged;
