import type { JsonObject } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { keysOf, MissingDocumentError } from '../../infra/engine/projections/read-model.js';
import type { AnyReadModel, PassedOn } from '../../infra/engine/projections/read-model.js';
import { countedParts } from '../../projections/report-sums/index.js';
import type { CountedPart, ReportSumsDocument } from '../../projections/report-sums/index.js';
import { parkedProblem } from '../shared/index.js';

const isSums = (doc: JsonObject): doc is JsonObject & ReportSumsDocument => 'hour' in doc && 'counts' in doc;

interface Folded {
  readonly id: string;
  readonly doc: JsonObject | null;
}

/** Folds a read model of sums event by event, and tells of each what it adds to them. */
export class EventParts {
  /** Those that are no sums. */
  readonly #documents = new Map<string, JsonObject>();

  constructor(
    private readonly model: AnyReadModel,
    /** Whether a document that begins with these parts is followed. */
    private readonly isFollowed: (parts: readonly CountedPart[]) => boolean,
  ) {}

  /** @throws ProblemError READ_MODEL.PARKED */
  of(event: RecordedEvent): readonly CountedPart[] {
    const fold = this.model.on[event.type];
    if (fold === undefined) return [];
    try {
      return [keysOf(fold, event)].flat().flatMap((id) => this.#fold(id, event));
    } catch (error) {
      // It began before the events that are asked about.
      if (error instanceof MissingDocumentError) return [];
      throw parkedProblem(this.model.name);
    }
  }

  #fold(id: string, event: RecordedEvent): readonly CountedPart[] {
    const fold = this.model.on[event.type];
    const before = this.#documents.get(id) ?? null;
    const passedOn: readonly PassedOn<JsonObject>[] = fold?.passesOn?.(before, event, id) ?? [];
    const after: Folded = { id, doc: fold?.evolve(before, event, id) ?? null };
    const folded = [
      after,
      ...passedOn.map((one) => ({ id: one.id, doc: one.evolve(this.#documents.get(one.id) ?? null) })),
    ];
    const parts = folded.flatMap(({ doc }) => (doc !== null && isSums(doc) ? countedParts(doc) : []));
    if (before !== null || this.isFollowed(parts)) for (const one of folded) this.#keep(one);
    return parts;
  }

  #keep({ id, doc }: Folded): void {
    if (doc === null) this.#documents.delete(id);
    else if (!isSums(doc)) this.#documents.set(id, doc);
  }
}
