import { randomUUID } from 'node:crypto';
import { deriveId, type JsonObject } from '../../../domain/shared/index.js';
import type { EventMetadata, EventToAppend, RecordedEvent } from '../event-store.js';

export interface SampleBatch {
  readonly commandId?: string;
  readonly count?: number;
  readonly type?: string;
  readonly data?: JsonObject;
  readonly metadata?: Partial<EventMetadata>;
}

/** Events of one command, with the ids that the write-side gives them; each knows its index. */
export function batchOf({
  commandId = randomUUID(),
  count = 1,
  type,
  data,
  metadata,
}: SampleBatch = {}): EventToAppend[] {
  return Array.from({ length: count }, (_, index) => ({
    id: deriveId(commandId, String(index)),
    type: type ?? 'sample.happened.v1',
    data: { index, ...data },
    metadata: { commandId, correlationId: commandId, causationId: null, actor: 'anonymous', ...metadata },
  }));
}

/** A stream that no other test has. */
export const newStream = (category = 'sample'): string => `${category}-${randomUUID()}`;

export async function allOf(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
