// What is appended to a log alone: the same seed, the same events with the same ids.
import { createHash } from 'node:crypto';
import { randomOf } from './random.mjs';

const BATCHES_AT_ONCE = 4;
const MOST_EVENTS = 5;

/** A UUID of version 4 that follows from the seed. */
export function uuidOf(random) {
  const digits = Array.from({ length: 32 }, () => random.below(16).toString(16));
  digits[12] = '4';
  digits[16] = 'a';
  const text = digits.join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

/** Text that hardly compresses. */
const noise = (random, length) =>
  createHash('shake256', { outputLength: Math.ceil(length * 0.75) })
    .update(String(random.next()))
    .digest('base64')
    .slice(0, length);

function eventOf(random, size) {
  const id = uuidOf(random);
  const metadata = { commandId: id, correlationId: id, causationId: null, actor: 'admin:proof' };
  return { id, type: 'inventory.received.v1', data: { sku: 'PROOF', note: noise(random, size) }, metadata };
}

/**
 * Rounds of appends; those of one round go off together, to streams of their own, and each is all or nothing: a list of
 * `{ stream, events, expectedRevision }`.
 * @param {{ seed: number, rounds: number, size: number }} options `size`: the most letters of an event
 */
export function logPlan({ seed, rounds, size }) {
  const random = randomOf(seed);
  const revisions = new Map();
  const batch = (taken) => {
    const known = [...revisions.keys()].filter((stream) => !taken.has(stream));
    const stream = known.length > 0 && random.chance(0.5) ? random.of(known) : `proof-${revisions.size}`;
    taken.add(stream);
    const events = Array.from({ length: 1 + random.below(MOST_EVENTS) }, () => eventOf(random, random.below(size)));
    const revision = revisions.get(stream);
    revisions.set(stream, (revision ?? -1) + events.length);
    return { stream, events, expectedRevision: revision ?? 'no-stream' };
  };
  return Array.from({ length: rounds }, () => {
    const taken = new Set();
    return Array.from({ length: 1 + random.below(3) }, () =>
      Array.from({ length: random.chance(0.3) ? 2 + random.below(BATCHES_AT_ONCE) : 1 }, () => batch(taken)),
    );
  });
}

/** The ids of an append's events. */
export const idsOf = (batches) => batches.flatMap(({ events }) => events.map(({ id }) => id));
