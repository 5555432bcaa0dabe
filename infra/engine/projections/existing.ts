import type { RecordedEvent } from '../../event-store/index.js';

/** The event needs a document that is not there: it cannot be applied, so the runner parks its key. */
export class MissingDocumentError extends Error {
  constructor(event: RecordedEvent<object>) {
    super(`${event.type} at ${event.stream}@${event.revision} continues a document that is not there`);
    this.name = 'MissingDocumentError';
  }
}

/** The document that an event continues. */
export function existing<Doc>(doc: Doc | null, event: RecordedEvent<object>): Doc {
  if (doc === null) throw new MissingDocumentError(event);
  return doc;
}
