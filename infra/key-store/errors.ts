/** The key store does not answer, or takes no writes. Whether a person was made or forgotten is found out by asking again. */
export class KeyStoreUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyStoreUnavailableError';
  }
}
