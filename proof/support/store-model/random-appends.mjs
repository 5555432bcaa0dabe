// Appends as callers make them, and as they must not: each a list of batches, by what the model knows of their streams.
import { uuidOf } from '../log-plan.mjs';
import { revisionBefore } from './log-model.mjs';

const TYPES = [
  'sample.added.v1',
  'sample.taken.v1',
  'sample.priced.v2',
  'other.seen.v1',
  'other.rare.v1',
  'ünïcode.v1',
];
const ACTORS = ['anonymous', 'customer:Zoë', 'admin:ada', 'saga:checkout', 'webhook:sandbox'];
const TEXTS = ['', 'plain', 'schön 漢字 עברית 😀', 'a "quoted" \\ line\n\u0000\u2028', '\ud800', '='];
/** Names of streams whose CRC-32 is the same, two and two: the embedded log finds a stream by it. */
const ALIKE = ['cart-p1sid21vv7g', 'cart-1hvz0ec3zrn2', 'cart-36h4982byik', 'cart-16tqg0c62z6z'];
export const CATEGORIES = ['cart', 'order', 'payment', 'Ünï', 'lone'];

/** One of a list of [weight, value]. */
export function weighted(random, table) {
  let at = random.next() * table.reduce((sum, [weight]) => sum + weight, 0);
  return table.find(([weight]) => (at -= weight) < 0)[1];
}

export class RandomAppends {
  #commands = [];
  #created = 0;

  constructor(random, model, { isJoint }) {
    Object.assign(this, { random, model, isJoint });
  }

  /** A stream: mostly one of few that grow long, else an older or a new one. */
  stream() {
    const { random } = this;
    if (random.chance(0.03)) return random.of(ALIKE);
    if (random.chance(0.04)) return 'lone';
    if (random.chance(0.35)) return `${random.of(CATEGORIES)}-long${random.below(6)}`;
    if (random.chance(0.4) || this.#created === 0) this.#created += 1;
    const number = random.chance(0.5) ? this.#created : 1 + random.below(this.#created);
    return `${CATEGORIES[number % CATEGORIES.length]}-${number}`;
  }

  command() {
    return this.random.of(this.#commands) ?? uuidOf(this.random);
  }

  #data() {
    const { random } = this;
    const data = { n: random.below(1e6), text: random.of(TEXTS) };
    if (random.chance(0.3)) Object.assign(data, { none: null, list: [1.5, -0.25, { deep: [true, {}] }], big: 2 ** 53 });
    if (random.chance(0.05)) data.long = random.of(TEXTS).repeat(random.below(400));
    if (random.chance(0.02)) data.noise = Array.from({ length: 60 }, () => uuidOf(random)).join('');
    return data;
  }

  #metadata(commandId) {
    const { random } = this;
    return {
      commandId,
      correlationId: random.chance(0.5) ? commandId : uuidOf(random),
      causationId: random.chance(0.5) ? null : random.of([uuidOf(random), 'not a uuid']),
      actor: random.chance(0.95) ? random.of(ACTORS) : `customer:${uuidOf(random)}`,
      ...(random.chance(0.2) && { traceparent: this.#trace() }),
      ...(random.chance(0.2) && { requestHash: uuidOf(random).replaceAll('-', '').repeat(2) }),
    };
  }

  #trace() {
    const [trace, span] = [uuidOf(this.random), uuidOf(this.random)].map((id) => id.replaceAll('-', ''));
    return this.random.chance(0.9) ? `00-${trace}-${span.slice(16)}-01` : 'odd';
  }

  /** New events, of one command or of some, of which one may be known from another stream. */
  #events(stream) {
    const { random } = this;
    const commands = random.chance(0.1) ? 2 + random.below(2) : 1;
    const events = [];
    for (let left = commands; left > 0; left -= 1) {
      const isKnown = random.chance(0.1);
      const known = this.random.of(this.#commands);
      const isTaken = known === undefined || events.some(({ metadata }) => metadata.commandId === known);
      const reused = isKnown && !isTaken && this.model.findCommand(stream, known).length === 0;
      const commandId = reused ? known : uuidOf(random);
      if (!reused) this.#remember(commandId);
      events.push(...this.#ofCommand(commandId));
    }
    return events;
  }

  #remember(commandId) {
    if (this.#commands.length < 500) this.#commands.push(commandId);
    else this.#commands[this.random.below(500)] = commandId;
  }

  #ofCommand(commandId) {
    const { random } = this;
    const count = weighted(random, [
      [70, 1],
      [28, 2 + random.below(3)],
      [1.7, 10 + random.below(60)],
      [0.3, 500 + random.below(100)],
    ]);
    const metadata = this.#metadata(commandId);
    const hasIds = random.chance(0.1);
    return Array.from({ length: count }, () => ({
      ...(hasIds && { id: uuidOf(random) }),
      type: random.of(TYPES),
      data: this.#data(),
      metadata: { ...metadata },
    }));
  }

  fresh(stream) {
    const head = this.model.eventsOf(stream).length - 1;
    return { stream, events: this.#events(stream), expectedRevision: head < 0 ? 'no-stream' : head };
  }

  #anywhere(stream) {
    return { ...this.fresh(stream), expectedRevision: 'any' };
  }

  #elsewhere(stream) {
    const head = this.model.eventsOf(stream).length - 1;
    return { ...this.fresh(stream), expectedRevision: this.#otherThan(head) };
  }

  /** A revision at which the stream is not. */
  #otherThan(head) {
    const { random } = this;
    const all = ['no-stream', head + 1, head + 2 + random.below(9), head - 1, random.below(Math.max(1, head))];
    return random.of(
      all.filter((one) => one === 'no-stream' || one >= 0).filter((one) => revisionBefore(one) !== head),
    );
  }

  /** A batch that was recorded, and an expected revision with which it is found again. */
  #recorded(stream) {
    const batch = this.random.of(this.model.batchesOf(stream));
    if (batch === undefined) return null;
    const { events, place, expectedRevision: first } = batch;
    const byPlace = place === 0 ? 'no-stream' : place - 1;
    const expectedRevision = first === 'any' || this.random.chance(0.2) ? 'any' : byPlace;
    return { stream, events, expectedRevision };
  }

  #again(stream) {
    const batch = this.#recorded(stream);
    if (batch === null || this.random.chance(0.7)) return batch;
    const traceparent = this.#trace();
    const events = batch.events.map((event) => ({ ...event, metadata: { ...event.metadata, traceparent } }));
    return { ...batch, events };
  }

  #againElsewhere(stream) {
    const batch = this.#recorded(stream);
    return batch && { ...batch, expectedRevision: this.#otherThan(this.model.eventsOf(stream).length - 1) };
  }

  #otherContent(stream) {
    const batch = this.#recorded(stream);
    if (batch === null) return null;
    const changed = this.random.below(batch.events.length);
    const change = this.random.of([
      (event) => ({ ...event, data: { ...event.data, n: -1 } }),
      (event) => ({ ...event, type: 'sample.never.v1' }),
      (event) => ({ ...event, metadata: { ...event.metadata, requestHash: 'ff' } }),
      (event) => ({ ...event, metadata: { ...event.metadata, actor: 'another' } }),
    ]);
    return { ...batch, events: batch.events.map((event, index) => (index === changed ? change(event) : event)) };
  }

  #longer(stream) {
    const batch = this.#recorded(stream);
    if (batch === null) return null;
    const { id: _, ...last } = batch.events.at(-1);
    const more = batch.events.at(-1).id === undefined ? last : { ...last, id: uuidOf(this.random) };
    return { ...batch, events: [...batch.events, more] };
  }

  #shorter(stream) {
    const batch = this.#recorded(stream);
    if (batch === null || batch.events.length < 2) return null;
    return { ...batch, events: batch.events.slice(0, 1 + this.random.below(batch.events.length - 1)) };
  }

  #sameIdTwice(stream) {
    const batch = this.fresh(stream);
    const id = uuidOf(this.random);
    return { ...batch, events: [0, 1].map(() => ({ ...batch.events[0], id })) };
  }

  #empty(stream) {
    return { ...this.fresh(stream), events: [] };
  }

  /** One batch, or null where the stream has nothing that such a one needs. */
  batch(stream) {
    const make = weighted(this.random, [
      [58, () => this.fresh(stream)],
      [9, () => this.#anywhere(stream)],
      [9, () => this.#elsewhere(stream)],
      [11, () => this.#again(stream)],
      [4, () => this.#againElsewhere(stream)],
      [4, () => this.#otherContent(stream)],
      [2, () => this.#longer(stream)],
      [2, () => this.#shorter(stream)],
      [0.5, () => this.#sameIdTwice(stream)],
      [0.5, () => this.#empty(stream)],
    ]);
    return make();
  }

  /** Batches of two to four streams; now and then ones that were added together before. */
  joint(streams) {
    if (this.random.chance(0.15)) streams = [...streams, streams[0]];
    const make = this.random.chance(0.7) ? (stream) => this.fresh(stream) : (stream) => this.batch(stream);
    return streams.map(make).filter((batch) => batch !== null);
  }
}
