/** A store takes no writes or gives no answers now (disk full, failed fsync, connection away); nothing of this call was recorded. */
export class StoreUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailableError';
  }
}

/** The data directory or server cannot be used; the message says what to do. Thrown at start only. */
export class StoreRefusedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreRefusedError';
  }
}
