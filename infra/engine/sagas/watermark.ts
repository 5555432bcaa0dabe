import type { Position } from '../../shared/position.js';

/** An event with inputs that are not recorded yet. */
export interface OpenEvent {
  readonly position: Position;
  open: number;
}

const COMPACT_FROM = 1024;

/**
 * Knows up to which position every event of the log is finished: its inputs are recorded, or no saga follows it. Events are
 * taken in the log's order and finished in any.
 */
export class Watermark {
  private events: OpenEvent[] = [];
  private head = 0;
  private openInputs = 0;

  constructor(private reached: Position | null) {}

  get position(): Position | null {
    return this.reached;
  }

  /** Inputs that are not recorded yet. */
  get waiting(): number {
    return this.openInputs;
  }

  take(position: Position, inputs: number): OpenEvent {
    const event = { position, open: inputs };
    this.events.push(event);
    this.openInputs += inputs;
    return event;
  }

  /** Moves on over events that no saga follows: everything up to here has been handed over. */
  pass(position: Position): void {
    const last = this.events[this.events.length - 1];
    if (this.head === this.events.length) this.reached = position;
    else if (last?.position !== position) this.events.push({ position, open: 0 });
  }

  finish(event: OpenEvent): void {
    event.open -= 1;
    this.openInputs -= 1;
    this.advance();
  }

  private advance(): void {
    let event = this.events[this.head];
    while (event !== undefined && event.open === 0) {
      this.reached = event.position;
      this.head += 1;
      event = this.events[this.head];
    }
    if (this.head === this.events.length) this.reset([]);
    else if (this.events.length > COMPACT_FROM && this.events.length > 2 * this.openInputs) this.compact();
  }

  /** Drops finished events behind one that takes long, which would keep them all in memory. */
  private compact(): void {
    const last = this.events.length - 1;
    this.reset(this.events.filter((event, index) => index >= this.head && (event.open > 0 || index === last)));
  }

  private reset(events: OpenEvent[]): void {
    this.events = events;
    this.head = 0;
  }
}
