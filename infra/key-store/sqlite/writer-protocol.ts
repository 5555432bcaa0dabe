import type { Written } from '../../sqlite/writer/writer-protocol.js';

/** What the writer's thread is started with. */
export interface KeyWriterOptions {
  readonly directory: string;
  readonly secretCheck: Uint8Array;
  /** What wraps the keys, see KeyWrap. */
  readonly secret: Uint8Array;
}

/** A group is written in one transaction. */
export type KeyWrite =
  /** Wants the person of a hash of what the person is known by, base64url. */
  { readonly kind: 'person'; readonly identityHash: string } | { readonly kind: 'forget'; readonly personId: string };

/** The answer to a group. */
export interface KeysWritten extends Written {
  /** As many as writes, in their order. */
  readonly personIds: readonly string[];
  /** 32 bytes a write, in the same order; zeros for a person who was forgotten. */
  readonly keys: Uint8Array;
  /** The file's count of forgotten persons as of this transaction. */
  readonly forgotten: number;
}

export const KEY_BYTES = 32;
