import { DiscoveryService } from '@nestjs/core';
import type { Explains } from '../../infra/engine/projections/explains.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { ProblemError } from '../../infra/http/index.js';
import type { AsOf } from './as-of.js';

/** Which document is to be explained. */
export interface ExplainedResource {
  /** What the resource has in the place of each `{name}`, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Undefined for the present. */
  readonly asOf: AsOf | undefined;
  /** Makes of an event what the reader may see of it. */
  readonly shown: (event: RecordedEvent) => RecordedEvent;
  /** Which part of a report it is an item of. */
  readonly report: ReportScope;
}

/** Days are inclusive. */
export interface ReportScope {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly channel?: string | undefined;
}

/** A document as it came about. */
export interface DocumentLife {
  readonly explains: Explains;
  /** In the order of the log, up to the moment that was asked for, as the reader may see them. */
  readonly events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>;
  /** What staff is answered after the event, which the next one may change in place; null where there is nothing yet. */
  readonly after: (event: RecordedEvent) => object | null;
  /** What is answered where the events make no document. */
  readonly nothing: () => Promise<ProblemError>;
}

/** What tells of a context's documents how they came about. */
export interface Explainable {
  /** @throws ProblemError there is no such document; 400 for a revision that is not there */
  life(resource: ExplainedResource): Promise<DocumentLife>;
}

/**
 * Marks an `Explainable` with the resources that it explains, as they stand in their address after `/v1/`, such as `orders/{id}`. A
 * context lists it among its handlers, and it is found by this mark.
 */
export const ExplainsResource = DiscoveryService.createDecorator<readonly string[]>();
