import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { FailedTry, SagaStanding, TakenInput } from '../../infra/engine/sagas/index.js';
import { entryOf, isErrorCode, problem } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { isSagaName, sagaDocumentId, SAGAS } from '../../projections/saga/index.js';
import type { SagaDocument, SagaSteps } from '../../projections/saga/index.js';
import { ParkedDocuments } from '../shared/index.js';
import { ProcessRecords } from './process-records.js';
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

@QueryHandler(GetSaga)
export class GetSagaHandler implements IQueryHandler<GetSaga> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly records: ProcessRecords,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError SAGA.NOT_FOUND, READ_MODEL.PARKED */
  async execute({ name, id }: GetSaga): Promise<SagaDetail> {
    if (!isSagaName(name)) throw problem('SAGA.NOT_FOUND', 'There is no such process.');
    const key = { name, id };
    const documentId = sagaDocumentId(key);
    await this.parked.refuse(SAGAS, documentId);
    const row = (await this.store.get<SagaDocument>(SAGAS, documentId))?.doc;
    const failed = await this.records.failedTries(key);
    // A checkout begins and ends by events of others: of those alone there may be no step.
    if (row?.version === -1) return begunAlone(row, failed);
    const steps = await this.records.steps(key);
    const detail = withTries(detailOf(steps, row), failed);
    return detail.state === 'done' ? detail : { ...detail, repairs: repairsOf(await this.records.standing(key)) };
  }
}

const repairsOf = (standing: SagaStanding | null): SagaDetail['repairs'] => [
  ...(standing?.mayRetry === true ? (['retry'] as const) : []),
  ...(standing?.mayCompensate === true ? (['compensate'] as const) : []),
];

/** What is known of a process that has recorded no step yet: the commands of its first one that could not be carried out. */
function begunAlone(row: SagaDocument, failed: readonly FailedTry[]): SagaDetail {
  const detail = withoutSteps(row);
  if (row.state === 'done') return detail;
  const unanswered = failed.map(({ commandId, key, target, id, type }) => ({ commandId, key, target, id, type }));
  return { ...withTries({ ...detail, unanswered }, failed), repairs: ['retry', 'compensate'] };
}

/** Adds what no step has: commands are sent again where a store or their target was away. The steps say which are unanswered. */
function withTries(detail: SagaDetail, failed: readonly FailedTry[]): SagaDetail {
  const ids = new Set(detail.unanswered.map(({ commandId }) => commandId));
  const tries = failed.filter(({ commandId }) => ids.has(commandId));
  const [next] = tries.toSorted((a, b) => (a.nextAt < b.nextAt ? -1 : 1));
  if (next === undefined) return detail;
  const again = Math.max(...tries.map(({ attempts }) => attempts));
  return {
    ...detail,
    // The step that sent it first counts as one of them.
    attempts: Math.max(0, detail.attempts - 1) + again,
    lastError: { code: next.code, detail: `${next.key}: ${next.detail}` },
    nextAttemptAt: next.nextAt,
  };
}

const withoutSteps = (row: SagaDocument): SagaDetail => ({
  ...sagaRow(row),
  steps: [],
  timers: [],
  unanswered: [],
  attempts: 0,
  lastError: null,
  nextAttemptAt: null,
  repairs: [],
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
    repairs: [],
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
