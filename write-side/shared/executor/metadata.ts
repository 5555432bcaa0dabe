import type { EventMetadata } from '../../../infra/event-store/index.js';
import type { CommandContext } from '../command-executor.js';

/** What is recorded of a command with each of its events. */
export function metadataOf(context: CommandContext): EventMetadata {
  const { commandId, correlationId, causationId, actor, traceparent, requestHash } = context;
  const metadata: EventMetadata = { commandId, correlationId, causationId, actor };
  if (traceparent === undefined && requestHash === undefined) return metadata;
  return {
    ...metadata,
    ...(traceparent !== undefined && { traceparent }),
    ...(requestHash !== undefined && { requestHash }),
  };
}
