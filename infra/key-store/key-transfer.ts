/** A person as a key store holds them: the same in every store of one server secret. */
export interface KeptPerson {
  /** base64url, see IdentityHash. */
  readonly identityHash: string;
  readonly personId: string;
  readonly key: Uint8Array;
}

/** The persons of a key store, to be moved into another one, while no engine makes or forgets any. */
export interface KeyTransfer {
  count(): Promise<number>;
  /** Everybody, page by page. */
  pages(): AsyncIterable<readonly KeptPerson[]>;
  /** Those of these hashes that are there. */
  find(identityHashes: readonly string[]): Promise<readonly KeptPerson[]>;
  /** Adds persons of whom none is there; resolves when they are on disk. */
  add(persons: readonly KeptPerson[]): Promise<void>;
  close(): Promise<void>;
}
