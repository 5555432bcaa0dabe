import type { RecordedEvent } from '../event-store.js';
import type { PageReader } from './page-reader.js';

const FIRST_PAGE = 64;
const PAGE = 512;

/**
 * The events of a command, from the end of its stream: EventStoreDB has no index of ids. They stand side by side, as they
 * were appended together, and a command that is asked for is mostly a young one; one that is not there costs the stream.
 */
export async function findCommand(
  reader: PageReader,
  stream: string,
  commandId: string,
): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  let from: number | 'end' = 'end';
  for (let count = FIRST_PAGE; ; count = PAGE) {
    const page = await reader.stream(stream, { from, direction: 'backwards', count });
    for (const { event } of page.events) {
      if (event.metadata.commandId === commandId) found.push(event);
      else if (found.length > 0) return found.toReversed();
    }
    if (page.isLast) return found.toReversed();
    from = page.next;
  }
}
