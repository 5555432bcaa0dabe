/** A buffer is handed on once it has about this many bytes. */
const CHUNK = 65_536;
/** The most bytes of UTF-8 that one UTF-16 unit becomes. */
const WIDEST = 3;

/** Puts lines together as bytes: to join them as text first would copy each of them twice more. */
export class LineBuffer {
  #bytes = Buffer.alloc(0);
  #length = 0;

  /** Adds a line; returns what stands before it where that fills a buffer. */
  add(line: string): Buffer | null {
    const room = line.length * WIDEST;
    const full = this.#length > 0 && this.#length + room > this.#bytes.length ? this.take() : null;
    if (this.#length === 0) this.#bytes = Buffer.allocUnsafeSlow(Math.max(CHUNK, room));
    this.#length += this.#bytes.write(line, this.#length);
    return full;
  }

  /** Hands on what there is, which may be nothing. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }
}
