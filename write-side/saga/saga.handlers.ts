import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { orderAggregate, wasConfirmed } from '../../domain/order/index.js';
import type { ProcessStanding } from '../../domain/order/index.js';
import { SAGA_STANDINGS } from '../../infra/engine/sagas/index.js';
import type { SagaStanding, SagaStandings } from '../../infra/engine/sagas/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { problem } from '../../infra/http/index.js';
import { OrderAnswers } from '../order/order.answers.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { RepairSaga } from './saga.commands.js';

/** A process of an order, and how it stands. */
interface Found {
  readonly orderId: string;
  readonly orderRevision: number;
  readonly version: number;
  readonly standing: ProcessStanding;
}

const standingOf = (known: SagaStanding | null): ProcessStanding => ({
  isDone: known?.state === 'done',
  mayRetry: known?.mayRetry !== false,
  mayCompensate: known?.mayCompensate !== false,
});

/** A checkout begins and ends by the events of others: of these alone there is no step. */
function checkoutStanding(
  known: SagaStanding | null,
  { status, wasConfirmed: isSold }: { readonly status: string; readonly wasConfirmed: boolean },
): ProcessStanding {
  const isOver = isSold || (known === null && status !== 'pending');
  return isOver ? { ...standingOf(known), isDone: true } : standingOf(known);
}

/** No stream has it: so a command that comes with a wrong If-Match is answered only where it was carried out before. */
const NO_REVISION = -2;

@CommandHandler(RepairSaga)
export class RepairSagaHandler implements ICommandHandler<RepairSaga> {
  constructor(
    @Inject(SAGA_STANDINGS) private readonly standings: SagaStandings,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    private readonly answers: OrderAnswers,
  ) {}

  /** Answers 202, as the order decides, and the process then takes notice of it. @throws ProblemError SAGA.NOT_FOUND */
  async execute({ scope, data: { repair, name, id, reason } }: RepairSaga): Promise<WriteAnswer> {
    const { orderId, orderRevision, version, standing } = await this.find(name, id);
    const asksForMoney = name === 'refund' && repair === 'retry';
    const { answer, position } = await scope.execute({
      aggregate: orderAggregate,
      id: orderId,
      missing: 'SAGA.NOT_FOUND',
      at: scope.names(version) ? orderRevision : NO_REVISION,
      command: {
        type: 'request-repair',
        repair,
        process: name,
        processId: id,
        version,
        standing,
        reason,
        ...(asksForMoney ? { money: await this.answers.captured(orderId) } : {}),
      },
      answer: () => ({ name, id, orderId, repair, version }),
    });
    return { status: 202, body: answer, revision: version, position };
  }

  private async find(name: string, id: string): Promise<Found> {
    const known = await this.standings.of(name, id);
    const orderId = known?.orderId ?? id;
    const order = await this.executor.query(orderAggregate, orderId, (state, revision) => ({
      status: state.status,
      wasConfirmed: wasConfirmed(state),
      revision,
    }));
    if (order.status === 'none' || (known === null && name !== 'checkout')) {
      throw problem('SAGA.NOT_FOUND', 'There is no such process of an order.');
    }
    const standing = name === 'checkout' ? checkoutStanding(known, order) : standingOf(known);
    return { orderId, orderRevision: order.revision, version: known?.version ?? 0, standing };
  }
}
