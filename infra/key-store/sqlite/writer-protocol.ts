import type { Written } from '../../sqlite/writer/writer-protocol.js';

/** The data that the writer's thread is started with. */
export interface KeyWriterOptions {
  readonly directory: string;
  readonly secretCheck: Uint8Array;
  /** The key that wraps the keys, see KeyWrap. */
  readonly secret: Uint8Array;
}

/** A write of a group, which is one transaction. */
export type KeyWrite =
  /** Finds or creates the person of an identity's hash, base64url. */
  { readonly kind: 'person'; readonly identityHash: string } | { readonly kind: 'forget'; readonly personId: string };

/** The answer to a group. */
export interface KeysWritten extends Written {
  /** One result a write, in their order. */
  readonly personIds: readonly string[];
  /** 32 bytes a write, in the same order; zeros where the write forgot a person. */
  readonly keys: Uint8Array;
  /** The file's count of forgotten persons as of this transaction. */
  readonly forgotten: number;
}

export const KEY_BYTES = 32;
