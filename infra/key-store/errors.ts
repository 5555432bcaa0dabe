/** The key store does not answer, or accepts no writes. A repeated call tells whether a person was created or forgotten. */
export class KeyStoreUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyStoreUnavailableError';
  }
}
