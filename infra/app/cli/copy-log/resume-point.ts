import type { EventStore, RecordedEvent } from '../../../event-store/index.js';
import { otherEvents } from './copy-errors.js';

/**
 * Up to where the target already is a copy of the source: the source's event that the target ends with; null when it is
 * empty. Looks at the ends alone: what lies between is for the comparison after the copy.
 * @throws CliError the target holds other events
 */
export async function resumePoint(source: EventStore, target: EventStore): Promise<RecordedEvent | null> {
  const last = await firstOf(target, 'backwards');
  if (last === null) return null;
  const twin = await twinOf(last, source);
  if (twin !== null && (await firstOf(target, 'forwards'))?.id === (await firstOf(source, 'forwards'))?.id) return twin;
  throw otherEvents(await firstOtherStream(source, target));
}

async function firstOf(store: EventStore, direction: 'forwards' | 'backwards'): Promise<RecordedEvent | null> {
  // Without a limit: a server may have many events of its own before the first of ours, and pages are as long as limits.
  for await (const event of store.readAll({ direction })) return event;
  return null;
}

async function twinOf({ id, stream, revision }: RecordedEvent, source: EventStore): Promise<RecordedEvent | null> {
  for await (const event of source.read(stream, { from: revision, limit: 1 })) return event.id === id ? event : null;
  return null;
}

async function firstOtherStream(source: EventStore, target: EventStore): Promise<string> {
  const originals = source.readAll()[Symbol.asyncIterator]();
  let stream = '';
  for await (const event of target.readAll()) {
    stream = event.stream;
    const { value, done } = await originals.next();
    if (done === true || value.id !== event.id) break;
  }
  await originals.return?.();
  return stream;
}
