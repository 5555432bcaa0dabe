import { DiscardPolicy, nanos, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig } from 'nats';
import { isStreamMissing } from './nats-errors.js';

const DAY_MS = 24 * 3_600_000;
const GIBIBYTE = 1024 ** 3;

/** Messages with the same id are stored once within this time. */
export const DEDUPE_WINDOW_MS = 120_000;

/**
 * The configuration of a stream that is created. Its oldest messages are deleted after a week, or beyond one gibibyte: they are in
 * the log, from which the relay can publish them again.
 */
const streamConfig = (root: string): Partial<StreamConfig> => ({
  name: streamName(root),
  subjects: [`${root}.>`],
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  discard: DiscardPolicy.Old,
  max_age: nanos(7 * DAY_MS),
  max_bytes: GIBIBYTE,
  duplicate_window: nanos(DEDUPE_WINDOW_MS),
});

export const streamName = (root: string): string => root.toUpperCase();

/** Creates the stream where it is missing. An existing one keeps the replicas and limits that its operator chose. */
export async function ensureStream(jsm: JetStreamManager, root: string): Promise<void> {
  try {
    await jsm.streams.info(streamName(root));
  } catch (error) {
    if (!isStreamMissing(error)) throw error;
    await jsm.streams.add(streamConfig(root));
  }
}
