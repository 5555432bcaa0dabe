/** The entry of a person, which is the same in every key store of one server secret. */
export interface KeptPerson {
  /** Hash of the identity in base64url, see IdentityHash. */
  readonly identityHash: string;
  readonly personId: string;
  readonly key: Uint8Array;
}

/** Moves persons between key stores, while no engine creates or forgets any. */
export interface KeyTransfer {
  count(): Promise<number>;
  /** Reads all persons, page by page. */
  pages(): AsyncIterable<readonly KeptPerson[]>;
  /** Lists those of these hashes that the store has. */
  find(identityHashes: readonly string[]): Promise<readonly KeptPerson[]>;
  /** Adds persons whom the store does not have; resolves when they are on disk. */
  add(persons: readonly KeptPerson[]): Promise<void>;
  close(): Promise<void>;
}
