/** The kind of identity that a person has: an e-mail address, or the subject of tokens. The two belong to different persons. */
export type Identity = 'email' | 'subject';

/** Keeps the keys of persons. A key is durable before an event that needs it is appended; forgetting a person deletes the key. */
export interface KeyStore {
  /**
   * Finds the random personId of an e-mail address or a subject, of which only an HMAC of the normalised text is stored. On first use
   * the person is created with a key. Resolves when both are on disk.
   */
  personFor(text: string, identity?: Identity): Promise<string>;
  /** Finds the personId of an address or a subject, and creates no person; null where there is none. */
  find(text: string, identity?: Identity): Promise<string | null>;
  /** Reads the person's 32-byte AES-256 key; null where the person was forgotten or never created. */
  keyOf(personId: string): Promise<Uint8Array | null>;
  /**
   * Deletes the key and the hash of the person for good; what was sealed with the key stays sealed for ever.
   * Idempotent.
   */
  forget(personId: string): Promise<void>;
  /** Counts the persons who were forgotten so far. */
  forgotten(): Promise<number>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
