/** What passes between the caller's thread and the writer's. */
export interface KeyWriterOptions {
  readonly directory: string;
  readonly secretCheck: Uint8Array;
  /** What wraps the keys, see KeyWrap. */
  readonly secret: Uint8Array;
}

/** One group, written in one transaction. */
export interface WriteGroup {
  readonly kind: 'write';
  /** Hashes of addresses whose persons are wanted, base64url. */
  readonly emailHashes: readonly string[];
  /** Ids of persons to forget. */
  readonly forget: readonly string[];
}

export type ToKeyWriter = WriteGroup | { readonly kind: 'close' };

export interface GroupWritten {
  readonly kind: 'written';
  /** As many as hashes, in their order. */
  readonly personIds: readonly string[];
  /** 32 bytes a person, in the same order. */
  readonly keys: Uint8Array;
  /** The file's count of forgotten persons as of this transaction. */
  readonly forgotten: number;
}

export interface GroupFailed {
  readonly kind: 'failed';
  readonly message: string;
  /** Nothing more will be written until a restart. */
  readonly poisoned: boolean;
}

export type FromKeyWriter =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'closed' }
  | GroupWritten
  | GroupFailed;

export const KEY_BYTES = 32;
