import { Readable } from 'node:stream';
import { shownPosition } from '../../../infra/event-store/index.js';
import type { StockAt, StockParked, StockWatch, Delivery } from './stock-watch.js';

/** How soon a client comes back, in milliseconds. */
const RETRY = 'retry: 1000\n\n';
const HEARTBEAT = ': \n\n';
/** Most characters that wait for a client; a SKU that changes meanwhile is sent once, with its latest counts. */
const BUFFERED = 4_096;

/** Has a type of its own: it is no stock, and a client that comes back is refused with this code. */
const parkedMessageOf = (parked: StockParked): string => `event: parked\ndata: ${JSON.stringify(parked)}\n\n`;

const messageOf = ({ counts, position }: StockAt, logId: string): string =>
  `${position === null ? '' : `id: ${shownPosition(logId, position)}\n`}data: ${JSON.stringify(counts)}\n\n`;

/** Sends a watch as Server-Sent Events, no faster than the client takes them. */
export class StockMessages extends Readable {
  #isWanted = true;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    private readonly watch: StockWatch,
    private readonly delivery: Delivery & { readonly logId: string },
  ) {
    super({ highWaterMark: BUFFERED });
    this.push(RETRY);
    this.#heartbeat = setInterval(() => this.#beat(), delivery.heartbeatMs);
    watch.start(
      () => this.#send(),
      (parked) => this.#end(parked),
    );
  }

  override _read(): void {
    this.#isWanted = true;
    this.#send();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#heartbeat);
    this.delivery.onClose();
    done(error);
  }

  #beat(): void {
    if (this.#isWanted) this.#isWanted = this.push(HEARTBEAT);
  }

  #end(parked: StockParked | null): void {
    this.#isWanted = false;
    if (parked !== null) this.push(parkedMessageOf(parked));
    this.push(null);
  }

  #send(): void {
    while (this.#isWanted && !this.destroyed) {
      const stock = this.watch.take();
      if (stock === undefined) return;
      this.#isWanted = this.push(messageOf(stock, this.delivery.logId));
    }
  }
}
