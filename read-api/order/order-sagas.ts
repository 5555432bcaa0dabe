import { Inject, Injectable } from '@nestjs/common';
import { streamOf } from '../../domain/shared/index.js';
import type { StepRecord } from '../../infra/engine/sagas/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { SAGAS, sagaStepsModel } from '../../projections/saga/index.js';
import type { SagaDocument, SagaKey } from '../../projections/saga/index.js';
import { ParkedDocuments, parkedProblem } from '../shared/index.js';
import type { RecordedSaga } from './causes.js';

/** An order has one process of a name, and one a refund or a dispute. */
const MOST_SAGAS = 1_000;

/** Reads the steps of the processes that are about an order. */
@Injectable()
export class OrderSagasReader {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError READ_MODEL.PARKED */
  async read(orderId: string): Promise<readonly RecordedSaga[]> {
    if ((await this.parked.keys(SAGAS)).size > 0) throw parkedProblem(SAGAS);
    const query = { index: 'by-order', equals: [orderId], limit: MOST_SAGAS };
    const found = await this.store.find<SagaDocument>(SAGAS, query);
    return Promise.all(found.map(({ doc }) => this.#recorded(doc)));
  }

  async #recorded({ name, id }: SagaKey): Promise<RecordedSaga> {
    const steps: RecordedEvent<StepRecord>[] = [];
    for await (const event of this.log.read(streamOf(sagaStepsModel(name).category, id))) {
      // The one type of a saga's stream.
      steps.push(event as unknown as RecordedEvent<StepRecord>);
    }
    return { name, steps };
  }
}
