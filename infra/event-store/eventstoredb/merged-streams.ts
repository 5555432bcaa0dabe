import type { RecordedEvent } from '../event-store.js';

interface Head {
  readonly rest: AsyncIterator<RecordedEvent>;
  event: RecordedEvent;
}

/** The events of several sources, each of which is in the order of positions, in that order. */
export async function* mergedByPosition(
  sources: readonly AsyncIterable<RecordedEvent>[],
  direction: 'forwards' | 'backwards',
): AsyncGenerator<RecordedEvent> {
  const heads = await openAll(sources);
  const sign = direction === 'forwards' ? 1 : -1;
  while (heads.length > 0) {
    const head = heads.reduce((first, other) => (isBefore(other, first, sign) ? other : first));
    yield head.event;
    const next = await head.rest.next();
    if (next.done === true) heads.splice(heads.indexOf(head), 1);
    else head.event = next.value;
  }
}

async function openAll(sources: readonly AsyncIterable<RecordedEvent>[]): Promise<Head[]> {
  const opened = await Promise.all(
    sources.map(async (source) => {
      const rest = source[Symbol.asyncIterator]();
      return { rest, first: await rest.next() };
    }),
  );
  return opened.flatMap(({ rest, first }) => (first.done === true ? [] : [{ rest, event: first.value }]));
}

const isBefore = (a: Head, b: Head, sign: number): boolean =>
  sign > 0 ? a.event.position < b.event.position : a.event.position > b.event.position;
