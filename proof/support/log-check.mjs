// Compares a log with the plan that was appended to it.
import { openSqliteEventStore, openSqliteLogChain } from '../../dist/infra/event-store/sqlite/index.js';
import { idsOf } from './log-plan.mjs';

/** The events of a directory's log, and what is wrong with it whatever was appended. */
export async function readLog(directory, access = 'read-only') {
  const wrong = [];
  const store = await openSqliteEventStore({ directory, access });
  const events = await collected(store.readAll());
  await store.close();
  const chain = openSqliteLogChain(directory);
  const { intact, faults } = await chain.verifyAll();
  chain.close();
  if (!intact) wrong.push(`the chain is broken: ${JSON.stringify(faults.slice(0, 3))}`);
  return { events, wrong: [...wrong, ...orderFaults(events)] };
}

async function collected(items) {
  const all = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Positions increase, the revisions of a stream have no gap, no id is there twice. */
function orderFaults(events) {
  const wrong = [];
  const revisions = new Map();
  let last = null;
  for (const { stream, revision, position, id } of events) {
    if (last !== null && position <= last) wrong.push(`${id} stands at ${position}, behind ${last}`);
    if (revision !== (revisions.get(stream) ?? -1) + 1) wrong.push(`${stream} has ${revision} out of turn`);
    revisions.set(stream, revision);
    last = position;
  }
  const ids = new Set(events.map(({ id }) => id));
  if (ids.size < events.length) wrong.push(`${events.length} events have ${ids.size} ids`);
  return wrong;
}

/**
 * What a log lacks of what was acknowledged, and what it has of appends that are not whole.
 * @param {object[][]} appends each append of the plan, by its number
 * @param {Set<number>} acknowledged
 */
export function planFaults(events, appends, acknowledged) {
  const there = new Map(events.map((event) => [event.id, event]));
  const planned = new Set(appends.flatMap(idsOf));
  const wrong = events.filter(({ id }) => !planned.has(id)).map(({ id }) => `${id} was never appended`);
  for (const [number, batches] of appends.entries()) {
    const ids = idsOf(batches);
    const found = ids.filter((id) => there.has(id)).length;
    if (found < ids.length && (found > 0 || acknowledged.has(number)))
      wrong.push(
        `of append ${number} ${found} of ${ids.length} events are there${acknowledged.has(number) ? ', acknowledged' : ''}`,
      );
    for (const { stream, events: own } of batches) wrong.push(...contentFaults(stream, own, there));
  }
  return wrong;
}

const contentFaults = (stream, own, there) =>
  own.flatMap(({ id, data }) => {
    const found = there.get(id);
    const isSame =
      found === undefined || (found.stream === stream && JSON.stringify(found.data) === JSON.stringify(data));
    return isSame ? [] : [`${id} of ${stream} was recorded otherwise: ${JSON.stringify(found)}`];
  });
