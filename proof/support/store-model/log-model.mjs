// What an event store must answer, from arrays in memory: as simple as the port's own words, and sharing no code with it.
import { isDeepStrictEqual } from 'node:util';
import { v5 } from 'uuid';

/** The answer is not the one that the port promises. */
export class Mismatch extends Error {
  constructor(what, { expected, got }) {
    super(`${what}\n  expected ${shown(expected)}\n  got      ${shown(got)}`);
    this.name = 'Mismatch';
  }
}

const MOST_SHOWN = 1_500;
const shown = (value) => {
  const text = value instanceof Error ? `${value.name}: ${value.message}` : (JSON.stringify(value) ?? String(value));
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)} … (${text.length} characters)` : text;
};

export function expectSame(what, got, expected) {
  if (!isDeepStrictEqual(got, expected)) throw new Mismatch(what, { expected, got });
}

export const categoryOf = (stream) => stream.split('-', 1)[0];

/** The ids of a batch: where none is given, it follows from the command and which one of its events it is. */
export function idsOf(events) {
  let [command, index] = [null, 0];
  return events.map(({ id, metadata: { commandId } }) => {
    index = commandId === command ? index + 1 : 0;
    command = commandId;
    return id ?? v5(String(index), commandId);
  });
}

/** The trace belongs to the attempt. */
const untraced = (metadata) => ({ ...metadata, traceparent: null });

const isSame = (event, id, there) =>
  there !== undefined &&
  there.id === id &&
  there.type === event.type &&
  isDeepStrictEqual(there.data, event.data) &&
  isDeepStrictEqual(untraced(there.metadata), untraced(event.metadata));

const wrongRevision = ({ stream, expectedRevision: expected }, actual) => ({
  kind: 'refused',
  error: { name: 'WrongExpectedRevisionError', stream, expected, actual },
});
const conflict = ({ stream }, eventId) => ({
  kind: 'refused',
  error: { name: 'EventIdConflictError', stream, eventId },
});
const TYPE_ERROR = { kind: 'refused', error: { name: 'TypeError' } };

const repeatedOf = (ids) => ids.find((id, index) => ids.indexOf(id) < index);

export class LogModel {
  /** Events in the order of the log; those whose positions are not known yet are missing. */
  log = [];
  #streams = new Map();
  /** Batches that were added, by stream, for those that send them again. */
  #batches = new Map();
  #unplaced = [];

  constructor({ isContiguous }) {
    this.isContiguous = isContiguous;
  }

  eventsOf(stream) {
    return this.#streams.get(stream) ?? [];
  }

  batchesOf(stream) {
    return this.#batches.get(stream) ?? [];
  }

  get streams() {
    return [...this.#streams.keys()];
  }

  get head() {
    return this.log.at(-1)?.position ?? null;
  }

  /** What becomes of an append now; what is added is in its stream from here on, without position and time. */
  judge(batches) {
    if (batches.length === 0 || batches.some(({ events }) => events.length === 0)) return TYPE_ERROR;
    if (new Set(batches.map(({ stream }) => stream)).size < batches.length) return TYPE_ERROR;
    const known = batches.map((batch) => this.#known(batch));
    const refused = known.find((one) => one?.kind === 'refused');
    if (refused !== undefined) return refused;
    if (known.every((one) => one === null)) return { kind: 'added', parts: batches.map((batch) => this.#add(batch)) };
    if (known.every((one) => one !== null)) return { kind: 'repeated', last: known.map(({ last }) => last) };
    const there = batches[known.findIndex((one) => one !== null)];
    return wrongRevision(there, this.eventsOf(there.stream).length - 1);
  }

  /** Null where the batch is new and goes to the end of its stream. */
  #known(batch) {
    const stream = this.eventsOf(batch.stream);
    const ids = idsOf(batch.events);
    const { expectedRevision: expected } = batch;
    const place = expected === 'any' ? stream.findIndex(({ id }) => id === ids[0]) : revisionBefore(expected) + 1;
    if (place >= 0 && place !== stream.length) {
      const there = stream.slice(place, place + ids.length);
      const different = ids.findIndex((id, index) => !isSame(batch.events[index], id, there[index]));
      if (different < 0) return { kind: 'repeated', last: there.at(-1) };
      if (there.some(({ id }) => ids.includes(id))) return conflict(batch, ids[different]);
      return wrongRevision(batch, stream.length - 1);
    }
    const repeated = repeatedOf(ids);
    return repeated === undefined ? null : conflict(batch, repeated);
  }

  #add({ stream, events, expectedRevision }) {
    const there = this.eventsOf(stream);
    const ids = idsOf(events);
    const added = events.map(({ type, data, metadata }, index) => ({
      id: ids[index],
      stream,
      revision: there.length + index,
      position: null,
      at: null,
      type,
      data,
      metadata,
    }));
    const batches = this.batchesOf(stream);
    batches.push({ place: there.length, events, expectedRevision });
    if (batches.length > MOST_BATCHES) batches.shift();
    this.#batches.set(stream, batches);
    there.push(...added);
    this.#streams.set(stream, there);
    return added;
  }

  /** Compares the answer with the verdict, and takes from it what the store alone knows: positions and times. */
  settle(what, verdict, { answer, error }) {
    if (verdict.kind === 'refused') {
      if (error === undefined) throw new Mismatch(what, { expected: verdict, got: answer });
      const got = Object.fromEntries(Object.keys(verdict.error).map((key) => [key, error[key]]));
      return expectSame(`${what}: ${error.stack}`, got, verdict.error);
    }
    if (error !== undefined) throw new Mismatch(what, { expected: verdict, got: error });
    const parts = verdict.kind === 'added' ? verdict.parts : verdict.last.map((last) => [last]);
    expectSame(`${what}: how many were answered`, answer.length, parts.length);
    for (const [index, part] of parts.entries()) {
      if (verdict.kind === 'added') this.#take(what, part, answer[index]);
      const { revision, position } = part.at(-1);
      const events = verdict.kind === 'added' ? part : [];
      expectSame(what, { ...answer[index] }, { revision, position, events });
    }
  }

  #take(what, part, { events }) {
    expectSame(`${what}: how many were added`, events.length, part.length);
    for (const [index, event] of part.entries()) {
      event.position = events[index].position;
      event.at = events[index].at;
      this.#unplaced.push(event);
    }
  }

  /** Puts what was added since the last call behind the log, in the order of its positions. */
  place() {
    const added = this.#unplaced.splice(0).sort((a, b) => (a.position < b.position ? -1 : 1));
    for (const event of added) {
      const last = this.log.at(-1);
      const next = this.isContiguous ? Number(last?.position ?? 0) + 1 : null;
      if (next !== null) expectSame('the position after the last one', Number(event.position), next);
      else if (last !== undefined && event.position <= last.position)
        throw new Mismatch('a position goes back', { expected: `after ${last.position}`, got: event });
      if (last !== undefined && event.at < last.at)
        throw new Mismatch('a time goes back', { expected: `from ${last.at}`, got: event });
      this.log.push(event);
    }
  }

  /** How many events of the log are at or before a position. */
  countUpTo(position) {
    if (position === null) return 0;
    let [low, high] = [0, this.log.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.log[middle].position <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  read(stream, { from, direction = 'forwards', limit = Infinity }) {
    const events = this.eventsOf(stream);
    if (direction === 'forwards') return events.slice(from ?? 0, (from ?? 0) + limit);
    const end = Math.min(events.length, (from ?? events.length) + 1);
    return events.slice(Math.max(0, end - limit), end).toReversed();
  }

  readAll({ from = null, direction = 'forwards', filter = {}, limit = Infinity }) {
    const matches = matcherOf(filter);
    const step = direction === 'forwards' ? 1 : -1;
    const found = [];
    for (let index = this.#firstOf(from, step); found.length < limit; index += step) {
      const event = this.log[index];
      if (event === undefined) break;
      if (matches(event)) found.push(event);
    }
    return found;
  }

  /** Where a reading begins that has the event at a position already. */
  #firstOf(from, step) {
    if (step > 0) return this.countUpTo(from);
    const before = from === null ? this.log.length - 1 : this.countUpTo(from) - 1;
    return this.log[before]?.position === from ? before - 1 : before;
  }

  findCommand(stream, commandId) {
    return this.eventsOf(stream).filter(({ metadata }) => metadata.commandId === commandId);
  }
}

const MOST_BATCHES = 60;

export const revisionBefore = (expected) => (expected === 'no-stream' ? -1 : expected);

export function matcherOf({ streams, categories, types }) {
  return ({ stream, type }) =>
    (streams === undefined || streams.includes(stream)) &&
    (types === undefined || types.includes(type)) &&
    (categories === undefined || categories.includes(categoryOf(stream)));
}
