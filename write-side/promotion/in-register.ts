import {
  PROMOTION_REGISTER,
  promotionAggregate,
  promotionDecider,
  promotionRegisterAggregate,
  promotionRegisterDecider,
  registerCommandOf,
} from '../../domain/promotion/index.js';
import type { PromotionCommand, PromotionRegisterCommand, PromotionState } from '../../domain/promotion/index.js';
import { streamOf } from '../../domain/shared/index.js';
import {
  type CommandContext,
  type CommandExecutor,
  eventsToAppend,
  PendingAppend,
} from '../../infra/engine/commands/index.js';
import { deriveId } from '../../infra/shared/derive-id.js';
import type { Position } from '../../infra/shared/position.js';
import { contextBeside } from '../shared/write-scope.js';

/** What the register is told together with a promotion's change. */
export interface JoinedRegister {
  readonly append: PendingAppend;
  /** Of the promotion, after the change. */
  readonly edition: number;
}

export interface ToRegister {
  readonly executor: CommandExecutor;
  readonly context: CommandContext;
  readonly promotionId: string;
}

const { category } = promotionRegisterAggregate;

/**
 * Makes the append to the register that is joined to the events of a promotion's command; null where it makes no difference to the
 * register. The register's revision is read before the promotion is: whatever is recorded of both meanwhile makes the append fail.
 */
export async function joinedRegister(
  { executor, context, promotionId }: ToRegister,
  command: PromotionCommand,
): Promise<JoinedRegister | null> {
  const revision = await executor.query(promotionRegisterAggregate, PROMOTION_REGISTER, (_, last) => last);
  const promotion = await executor.query(promotionAggregate, promotionId, (state) => after(command, state));
  if (promotion === null || promotion.status === 'none') return null;
  const told = registerCommandOf(promotion);
  const events = await executor.query(promotionRegisterAggregate, PROMOTION_REGISTER, (register) => {
    const decision = promotionRegisterDecider.decide(told, register);
    return decision.accepted ? decision.events : [];
  });
  if (events.length === 0) return null;
  const append = new PendingAppend({
    stream: streamOf(category, PROMOTION_REGISTER),
    events: eventsToAppend(contextOf(context, told), events),
    expectedRevision: revision < 0 ? 'no-stream' : revision,
  });
  return { append, edition: told.edition };
}

/** The promotion as the command leaves it; null where it changes nothing. */
function after(command: PromotionCommand, state: PromotionState): PromotionState | null {
  const decision = promotionDecider.decide(command, state);
  if (!decision.accepted || decision.events.length === 0) return null;
  return decision.events.reduce(promotionDecider.evolve, state);
}

/**
 * Tells the register of a promotion what it does not know yet, until it knows the latest: another request may change the promotion
 * meanwhile, and tell the register before this one. Answers the position of what it recorded.
 */
export async function tellRegister({ executor, context, promotionId }: ToRegister): Promise<Position | null> {
  for (let position: Position | null = null; ;) {
    const command = await executor.query(promotionAggregate, promotionId, (state) =>
      state.status === 'none' ? null : registerCommandOf(state),
    );
    if (command === null || (await isKnown(executor, command))) return position;
    const outcome = await executor.execute({
      aggregate: promotionRegisterAggregate,
      id: PROMOTION_REGISTER,
      command,
      context: contextOf(context, command),
      answer: () => null,
    });
    if (outcome.kind !== 'accepted') throw new Error(`the register of promotions came to ${outcome.kind}`);
    ({ position } = outcome);
  }
}

const isKnown = (executor: CommandExecutor, command: PromotionRegisterCommand): Promise<boolean> =>
  executor.query(promotionRegisterAggregate, PROMOTION_REGISTER, (register) => {
    const decision = promotionRegisterDecider.decide(command, register);
    return decision.accepted && decision.events.length === 0;
  });

/** Of the same request, another edition is another command. */
function contextOf(context: CommandContext, { edition }: PromotionRegisterCommand): CommandContext {
  const beside = contextBeside(context, category);
  return { ...beside, commandId: deriveId(beside.commandId, String(edition)) };
}
