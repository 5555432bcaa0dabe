// Rules that hold between the answers of a history, by when each was asked for and given.
import { revisionOf } from './client.mjs';

const isTaken = ({ status, key, stream, etag }) =>
  key !== undefined && status < 300 && stream !== undefined && etag !== null;

/** The commands that were taken, by stream; one that was sent twice is there once, from the first sending to the first answer. */
function commandsByStream(history) {
  const streams = new Map();
  for (const { stream, key, etag, start, end, method, body } of history.filter(isTaken)) {
    const commands = streams.get(stream) ?? new Map();
    streams.set(stream, commands);
    const known = commands.get(key);
    commands.set(key, {
      revision: revisionOf({ etag }),
      method,
      body,
      start: Math.min(start, known?.start ?? start),
      end: Math.min(end, known?.end ?? end),
    });
  }
  return new Map([...streams].map(([stream, commands]) => [stream, [...commands.values()]]));
}

/** What was answered before something else was asked for stands before it in the stream. */
function orderFaults(stream, commands) {
  const byEnd = commands.toSorted((a, b) => a.end - b.end);
  return byEnd.flatMap((later) => {
    const before = byEnd.filter(({ end }) => end < later.start);
    const overtaken = before.find(({ revision }) => revision >= later.revision);
    return overtaken === undefined
      ? []
      : [`${stream}: revision ${later.revision} was asked for after ${overtaken.revision} had been answered`];
  });
}

/** The quantity of the only line of a cart that nothing but additions and changes made, at each revision. */
function quantitiesOf(commands) {
  const quantities = new Map();
  let quantity = 0;
  for (const { revision, method, body } of commands.toSorted((a, b) => a.revision - b.revision)) {
    quantity = method === 'POST' ? quantity + body.quantity : body.quantity;
    quantities.set(revision, quantity);
  }
  return quantities;
}

function readFaults(read, quantities) {
  const { stream, after, etag, json } = read;
  const revision = revisionOf({ etag });
  const faults = [];
  if (revision < revisionOf({ etag: after })) faults.push(`${stream} was read at ${etag} with the token of ${after}`);
  const [{ quantity }] = json.items;
  if (quantity !== quantities.get(revision))
    faults.push(`${stream} at ${etag} was read with ${quantity} units, its commands make ${quantities.get(revision)}`);
  return faults;
}

/** Every fault between answers: of commands among each other, and of what was read after them. */
export function historyFaults(history) {
  const streams = commandsByStream(history);
  const ordered = [...streams].flatMap(([stream, commands]) => orderFaults(stream, commands));
  const reads = history.filter(({ after }) => after !== undefined);
  const read = reads.flatMap((one) => readFaults(one, quantitiesOf(streams.get(one.stream))));
  return [...ordered, ...read, ...twinFaults(history)];
}

/** Requests with one key have one answer. */
function twinFaults(history) {
  const answers = new Map();
  return history.flatMap(({ key, path, status, text }) => {
    if (key === undefined || status >= 300) return [];
    const first = answers.get(key);
    answers.set(key, { status, text });
    const isSame = first === undefined || orderOf(first) === orderOf({ status, text });
    return isSame ? [] : [`${path} is answered ${first.status} ${first.text} and ${status} ${text}`];
  });
}

/** A checkout that was waited for is answered with its end, or without where the wait was cut short. */
const orderOf = ({ status, text }) => JSON.parse(text).orderNumber ?? `${status} ${text}`;

/** As `lostCommands` takes them. */
export const acknowledgedOf = (history) =>
  [...commandsByStream(history)].flatMap(([stream, commands]) =>
    commands.map(({ revision }) => ({ stream, revision })),
  );
