import { accept } from '../shared/index.js';
import type { Decision, Refused } from '../shared/index.js';
import { refundsAgain } from './attention.js';
import type { RequestRepair } from './commands.js';
import type { OrderEvent, OrderProcessRepair } from './events.js';
import * as refusal from './refusals.js';
import { isConfirmed, repairKey } from './state.js';
import type { Order } from './state.js';

type Decided = Decision<OrderEvent>;

/** Has a process of the order repaired. The order decides, so that of two who ask at once for the same process as it stands one is heard. */
export function requestRepair(command: RequestRepair, state: Order): Decided {
  const { repair, process, processId, version, reason } = command;
  const asked = state.repairs?.get(repairKey(command));
  if (asked?.version === version) return asked.repair === repair ? accept() : refusal.repairRequested(asked.repair);
  const obstacle = obstacleTo(command);
  if (obstacle !== null) return obstacle;
  const { orderId, personId } = state.order;
  const data: OrderProcessRepair = { orderId, process, processId, version, personId, reason };
  const again = command.money !== undefined && isConfirmed(state) ? refundsAgain(state, command.money, processId) : [];
  return repair === 'retry'
    ? accept<OrderEvent>({ type: 'order.process-retry-requested.v1', data }, ...again)
    : accept<OrderEvent>({ type: 'order.process-compensation-requested.v1', data });
}

function obstacleTo({ repair, standing }: RequestRepair): Refused | null {
  if (standing.isDone) return refusal.processDone();
  if (repair === 'retry') return standing.mayRetry ? null : refusal.processWaits();
  return standing.mayCompensate ? null : refusal.notCompensable();
}
