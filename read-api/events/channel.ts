/** Passes one value at a time from a sender, which waits until it is received, to a receiver: an unbuffered channel. */
export class Channel<Value> {
  #offered: { readonly value: Value; readonly taken: () => void } | null = null;
  #failure: { readonly error: unknown } | null = null;
  #closed = false;
  #wake: (() => void) | null = null;

  /** Resolves when the value is received or the channel is closed. One value at a time. */
  send(value: Value): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((taken) => {
      this.#offered = { value, taken };
      this.#wake?.();
    });
  }

  /** Receives the next value, however long that takes; null after `close`. @throws the error of `fail` */
  async receive(): Promise<Value | null> {
    if (this.#offered === null && this.#failure === null && !this.#closed) await this.#something();
    if (this.#failure !== null) throw this.#failure.error;
    const offered = this.#offered;
    if (offered === null) return null;
    this.#offered = null;
    offered.taken();
    return offered.value;
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#offered?.taken();
    this.#offered = null;
    this.#wake?.();
  }

  async #something(): Promise<void> {
    await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = null;
  }
}
