import type { EventStore, RecordedEvent } from './event-store.js';

/**
 * A log that can take over another log's events as they are: with their ids, their streams and revisions, their content
 * and the time at which they were recorded first, which readers get as `at`. Positions are the new log's own.
 */
export interface LogImporter {
  /**
   * Appends a stretch of one stream, all or nothing, after `expectedRevision`; the events' own revisions continue it.
   * Sending the same stretch again adds nothing, so that a copy which was interrupted can start over.
   * @throws WrongExpectedRevisionError the stream is elsewhere and the stretch is not there already
   * @throws EventIdConflictError the stretch is there with other content
   */
  importRecorded(
    stream: string,
    events: readonly RecordedEvent[],
    expectedRevision: number | 'no-stream',
  ): Promise<void>;
}

/** Whether the store can take over another log. */
export const isLogImporter = (store: EventStore): store is EventStore & LogImporter =>
  'importRecorded' in store && typeof store.importRecorded === 'function';
