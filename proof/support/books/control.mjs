// What the books have to find: a log that is right, made wrong in one place.
import { booksFaults } from './books.mjs';
import { logFaults } from './log-order.mjs';
import { randomOf } from '../random.mjs';

/** Without one of these, or with one twice, a shop's books are wrong. */
const WEIGHTY = [
  'inventory.received.v1',
  'inventory.reserved.v1',
  'inventory.released.v1',
  'inventory.committed.v1',
  'order.opened.v1',
  'order.confirmed.v1',
  'order.shipment-created.v1',
  'payment.authorized.v1',
  'payment.voided.v1',
  'payment.captured.v1',
];

/** Ways to make a log wrong that its order alone shows; `at` is the place of an event that another one of its stream follows. */
const DISORDERS = {
  'an event less': (events, at) => events.toSpliced(at, 1),
  'an event twice': (events, at) => events.toSpliced(at, 0, events[at]),
  'two events swapped': (events, at) => events.toSpliced(at, 2, events[at + 1], events[at]),
};

const placesOf = (events, is) => events.flatMap((event, index) => (is(event) ? [index] : []));

/** @returns what was wrong on purpose and not found, a line each */
export function undetected(events, seed) {
  const random = randomOf(seed);
  const missed = [];
  const followed = new Set(
    events.flatMap(({ stream, revision }) => (revision > 0 ? [`${stream} ${revision - 1}`] : [])),
  );
  const at = random.of(placesOf(events, ({ stream, revision }) => followed.has(`${stream} ${revision}`)));
  for (const [name, disorder] of Object.entries(DISORDERS))
    if (logFaults(disorder(events, at)).length === 0) missed.push(name);
  for (const type of WEIGHTY) {
    const places = placesOf(events, (event) => event.type === type);
    if (places.length === 0) missed.push(`${type}, which never happened`);
    else if (booksFaults(events.toSpliced(random.of(places), 1)).length === 0) missed.push(`${type} left out`);
  }
  return missed.map((what) => `the books did not find ${what}`);
}
