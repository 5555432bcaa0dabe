/** Passes one value at a time from a giver, who waits until it is taken, to a taker, who waits until there is one. */
export class Handover<Value> {
  #offered: { readonly value: Value; readonly taken: () => void } | null = null;
  #failure: { readonly error: unknown } | null = null;
  #closed = false;
  #wake: (() => void) | null = null;

  /** Resolves when the value was taken, or nobody will take it any more. One at a time. */
  give(value: Value): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((taken) => {
      this.#offered = { value, taken };
      this.#wake?.();
    });
  }

  /** The next value, however long that takes; null after `close`. @throws what `fail` was told */
  async take(): Promise<Value | null> {
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
