import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { TakenInput } from '../../infra/engine/sagas/index.js';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { entryOf, isErrorCode, problem } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { isSagaName, sagaDocumentId, SAGAS, sagaStepsModel } from '../../projections/saga/index.js';
import type { SagaDocument, SagaSteps } from '../../projections/saga/index.js';
import { ParkedDocuments, readLive } from '../shared/index.js';
import { sagaRow } from './saga-row.js';
import type { SagaDetail, SagaInputView } from './saga-view.js';

/** Reads a process with its steps, by its name and id. */
export class GetSaga extends Query<SagaDetail> {
  constructor(
    readonly name: string,
    readonly id: string,
  ) {
    super();
  }
}

const NOTHING = { code: 'SAGA.NOT_FOUND', what: 'process' } as const;

@QueryHandler(GetSaga)
export class GetSagaHandler implements IQueryHandler<GetSaga> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError SAGA.NOT_FOUND, READ_MODEL.PARKED */
  async execute({ name, id }: GetSaga): Promise<SagaDetail> {
    if (!isSagaName(name)) throw problem(NOTHING.code, 'There is no such process.');
    const documentId = sagaDocumentId({ name, id });
    await this.parked.refuse(SAGAS, documentId);
    const row = (await this.store.get<SagaDocument>(SAGAS, documentId))?.doc;
    // A checkout begins and ends by events of others: of those alone there may be no step.
    if (row?.version === -1) return withoutSteps(row);
    const steps = await readLive(this.log, sagaStepsModel(name), { id, asOf: undefined, nothing: NOTHING });
    return detailOf(steps, row);
  }
}

const withoutSteps = (row: SagaDocument): SagaDetail => ({
  ...sagaRow(row),
  steps: [],
  timers: [],
  unanswered: [],
  attempts: 0,
  lastError: null,
  nextAttemptAt: null,
  version: 0,
});

/** The row knows the end of a checkout, and the steps what the row has yet to fold. */
function detailOf(steps: SagaSteps, row: SagaDocument | undefined): SagaDetail {
  const isFolded = row !== undefined && row.version >= steps.version;
  const { state, since } = isFolded ? row : { state: steps.state, since: steps.steps.at(-1)?.at ?? '' };
  const shown = {
    ...sagaRow({ ...steps, state, since }),
    steps: steps.steps.map((step) => ({ ...step, inputs: step.inputs.map(inputOf) })),
    version: steps.steps.length,
  };
  if (state === 'done') return { ...withoutSteps({ ...steps, state, since }), ...shown };
  const { timers, unanswered, failure, sendings } = steps;
  const named = Object.entries(timers).map(([name, due]) => ({ name, due }));
  const keys = unanswered.length > 0 ? unanswered.map(({ key }) => key) : [failure?.key ?? ''];
  return {
    ...shown,
    timers: named.toSorted((a, b) => (a.due < b.due ? -1 : 1)),
    unanswered,
    attempts: Math.max(...keys.map((key) => sendings.get(key) ?? 0)),
    lastError: failure === null ? null : errorOf(failure),
    nextAttemptAt: failure?.nextAt ?? null,
  };
}

function errorOf({ key, code }: NonNullable<SagaSteps['failure']>): SagaDetail['lastError'] {
  if (code === null) return { code: 'no-answer', detail: `${key} got no definite answer` };
  return { code, detail: isErrorCode(code) ? `${key} was refused: ${entryOf(code).title}` : `${key} was refused` };
}

function inputOf(input: TakenInput): SagaInputView {
  if ('event' in input) return { kind: 'event', name: input.type, eventId: input.event };
  if ('timeout' in input) return { kind: 'timeout', name: input.timeout };
  const { reply: name, outcome, code } = input;
  return { kind: 'reply', name, outcome, ...(code === undefined ? {} : { code }) };
}
