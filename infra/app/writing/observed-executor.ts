import type { Logger } from 'pino';
import type { CommandExecutor } from '../../engine/commands/index.js';

const REFUSED_BUYERS: ReadonlyMap<string, string> = new Map([
  ['order.rejected.v1', 'an order was rejected'],
  ['payment.declined.v1', 'a payment was declined'],
]);

/** Logs each rejected order and each declined payment once, and no repeated command. */
export const observedExecutor = (executor: CommandExecutor, logger: Pick<Logger, 'info'>): CommandExecutor => ({
  execute: async (execution) => {
    const outcome = await executor.execute(execution);
    if (outcome.kind !== 'accepted' || outcome.repeated) return outcome;
    for (const { type, data, metadata } of outcome.events) {
      const news = REFUSED_BUYERS.get(type);
      // The detail is left out, as the provider writes it and may name the buyer.
      const { orderId, code } = data;
      if (news !== undefined) logger.info({ orderId, code, correlationId: metadata.correlationId }, news);
    }
    return outcome;
  },
  query: (aggregate, id, read) => executor.query(aggregate, id, read),
  stateAt: (aggregate, id, revision) => executor.stateAt(aggregate, id, revision),
});
