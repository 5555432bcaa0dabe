/**
 * The kind of identity that a person has: an e-mail address, or the subject of tokens; or the id of a promotion, whose codes are
 * sealed as what is personal is, though nobody forgets it. Each belongs to a person of its own.
 */
export type Identity = 'email' | 'subject' | 'promotion';

/** Keeps the keys of persons. A key is durable before an event that needs it is appended; forgetting a person deletes the key. */
export interface KeyStore {
  /**
   * Finds the random personId of an e-mail address, a subject or a promotion, of which only an HMAC of the normalised text is stored. On first use
   * the person is created with a key. Resolves when both are on disk.
   */
  personFor(text: string, identity?: Identity): Promise<string>;
  /** Finds the personId of an identity, and creates no person; null where there is none. */
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
