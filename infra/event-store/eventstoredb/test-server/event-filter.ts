import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { invalidArgument } from './rpc-errors.js';
import type { StoredEvent } from './stored-event.js';

/** Events that the node looks at in one page where the client names no window. */
export const READ_BATCH_SIZE = 32;

/** The server-side filter of $all. */
export interface EventFilter {
  allows(event: StoredEvent): boolean;
  /** Events looked at in one page. */
  readonly searchWindow: number;
  /** Events looked at between two checkpoints. */
  readonly checkpointInterval: number;
}

type Expression = ReadReq.Options.FilterOptions.Expression;

export function eventFilterOf(options: ReadReq.Options.FilterOptions): EventFilter {
  const byType = options.getEventType();
  const expression = byType ?? options.getStreamIdentifier();
  if (expression === undefined) throw invalidArgument('Filter without an expression.');
  const multiplier = options.getCheckpointintervalmultiplier();
  if (multiplier === 0) throw invalidArgument('The checkpoint interval multiplier must not be 0.');
  const matches = matcherOf(expression);
  const searchWindow = options.hasMax() ? options.getMax() : READ_BATCH_SIZE;
  return {
    allows: byType === undefined ? (event) => matches(event.stream) : (event) => matches(event.type),
    searchWindow,
    checkpointInterval: multiplier * searchWindow,
  };
}

function matcherOf(expression: Expression): (text: string) => boolean {
  const regex = expression.getRegex();
  if (regex !== '') {
    const compiled = new RegExp(regex);
    return (text) => compiled.test(text);
  }
  const prefixes = expression.getPrefixList();
  return (text) => prefixes.some((prefix) => text.startsWith(prefix));
}
