import {
  PROMOTION_REGISTER,
  promotionAggregate,
  promotionRegisterAggregate,
  registerCommandOf,
} from '../../domain/promotion/index.js';
import type { FollowWindow } from '../../domain/promotion/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { childContext, execute, lastEventOf, toDispatched, type Effect } from './aggregate-targets.js';

/**
 * Has a promotion begin or end by its window, then tells the register of those in force how it is. Where the process is killed in
 * between, the command is sent again and leads to the register again.
 */
export function promotionWindow(executor: CommandExecutor): Effect<FollowWindow> {
  return async (promotionId, command, context) => {
    const followed = await execute(executor, {
      aggregate: promotionAggregate,
      id: promotionId,
      command,
      context,
      answer: (state) => (state.status === 'none' ? null : registerCommandOf(state)),
    });
    const told = followed.kind === 'accepted' ? followed.answer : null;
    if (told === null) return toDispatched(followed);
    const register = await execute(executor, {
      aggregate: promotionRegisterAggregate,
      id: PROMOTION_REGISTER,
      command: told,
      context: childContext(context, promotionRegisterAggregate.category, lastEventOf(followed) ?? context.causationId),
      answer: () => null,
    });
    return toDispatched(register);
  };
}
