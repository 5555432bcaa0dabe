import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../domain/shared/index.js';
import type { EventMetadata, EventToAppend } from '../event-store.js';

export interface SampleBatch {
  readonly commandId?: string;
  readonly count?: number;
  readonly type?: string;
  readonly data?: JsonObject;
  readonly metadata?: Partial<EventMetadata>;
}

/** Events of one command, whose ids follow from it as the write-side's do; each knows its index. */
export function batchOf({
  commandId = randomUUID(),
  count = 1,
  type,
  data,
  metadata,
}: SampleBatch = {}): EventToAppend[] {
  return Array.from({ length: count }, (_, index) => ({
    type: type ?? 'sample.happened.v1',
    data: { index, ...data },
    metadata: { commandId, correlationId: commandId, causationId: null, actor: 'anonymous', ...metadata },
  }));
}

/** A stream that no other test has. */
export const newStream = (category = 'sample'): string => `${category}-${randomUUID()}`;

export async function allOf<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
}
