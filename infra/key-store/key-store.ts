/** Keys of persons; durable before an event that needs one is appended. Forgetting a person deletes the key. */
export interface KeyStore {
  /**
   * The random personId of an e-mail address (known by HMAC of the normalised address alone), with a key of its own;
   * made on first sight. Resolves when both are on disk.
   */
  personFor(email: string): Promise<string>;
  /** The person's 32-byte AES-256 key; null when it was forgotten or never made. */
  keyOf(personId: string): Promise<Uint8Array | null>;
  /** Deletes the key and the address's entry for good; what was sealed with it stays sealed for ever. Idempotent. */
  forget(personId: string): Promise<void>;
  /** How many persons were forgotten so far. */
  forgotten(): Promise<number>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
