import { Readable } from 'node:stream';
import { shownPosition } from '../../../infra/event-store/index.js';
import type { StockAt, StockParked, StockWatch, Telling } from './stock-watch.js';

/** How soon a client comes back, in milliseconds. */
const RETRY = 'retry: 1000\n\n';
const HEARTBEAT = ': \n\n';
/** Characters in waiting for a client; what changes meanwhile is told as it is then. */
const BUFFERED = 4_096;

/** Has a type of its own: it is no stock, and a client that comes back is refused with this code. */
const parkedMessageOf = (parked: StockParked): string => `event: parked\ndata: ${JSON.stringify(parked)}\n\n`;

const messageOf = ({ counts, position }: StockAt, logId: string): string =>
  `${position === null ? '' : `id: ${shownPosition(logId, position)}\n`}data: ${JSON.stringify(counts)}\n\n`;

/** What a watch tells as Server-Sent Events, no faster than they are taken. */
export class StockMessages extends Readable {
  #isWanted = true;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    private readonly watch: StockWatch,
    private readonly telling: Telling & { readonly logId: string },
  ) {
    super({ highWaterMark: BUFFERED });
    this.push(RETRY);
    this.#heartbeat = setInterval(() => this.#beat(), telling.heartbeatMs);
    watch.start(
      () => this.#tell(),
      (parked) => this.#end(parked),
    );
  }

  override _read(): void {
    this.#isWanted = true;
    this.#tell();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#heartbeat);
    this.telling.onClose();
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

  #tell(): void {
    while (this.#isWanted && !this.destroyed) {
      const stock = this.watch.take();
      if (stock === undefined) return;
      this.#isWanted = this.push(messageOf(stock, this.telling.logId));
    }
  }
}
