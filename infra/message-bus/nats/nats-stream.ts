import { DiscardPolicy, nanos, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig } from 'nats';
import { isStreamMissing } from './nats-errors.js';

const DAY_MS = 24 * 3_600_000;
const GIBIBYTE = 1024 ** 3;

/** A message id that comes again within this time is stored once. */
export const DEDUPE_WINDOW_MS = 120_000;

/**
 * How the stream is made where it is missing. The oldest messages go after a week, or beyond one gibibyte: the log has
 * them, and the relay can publish it again.
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

/** Makes the stream where it is missing. One that is there stays as it is: replicas and limits are the operator's. */
export async function ensureStream(jsm: JetStreamManager, root: string): Promise<void> {
  try {
    await jsm.streams.info(streamName(root));
  } catch (error) {
    if (!isStreamMissing(error)) throw error;
    await jsm.streams.add(streamConfig(root));
  }
}
