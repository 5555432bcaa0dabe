import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { promotionAggregate } from '../../domain/promotion/index.js';
import { type CommandExecutor, conflictBackOff } from '../../infra/engine/commands/index.js';
import { EVENT_STORE, WrongExpectedRevisionError } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { joinedRegister, tellRegister } from './in-register.js';
import { promotionAnswer } from './promotion.answers.js';
import { UpdatePromotion } from './promotion.commands.js';

/**
 * Changes a promotion, and puts it in the register of those in force or takes it out: in one append where the store can, else right
 * after, so that the next checkout of any process goes by it once this is answered.
 */
@CommandHandler(UpdatePromotion)
export class UpdatePromotionHandler implements ICommandHandler<UpdatePromotion> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
  ) {}

  /** @throws ProblemError PROMOTION.NOT_FOUND, PROMOTION.ENDED, PROMOTION.NOT_ACTIVE, PROMOTION.INVALID */
  async execute(update: UpdatePromotion): Promise<WriteAnswer> {
    for (const backOff = conflictBackOff(); ;) {
      try {
        return await this.attempt(update);
      } catch (error) {
        // The register was told of another promotion meanwhile.
        if (!(error instanceof WrongExpectedRevisionError) || !(await backOff.next())) throw error;
      }
    }
  }

  private async attempt({ scope, data: { promotionId, command } }: UpdatePromotion): Promise<WriteAnswer> {
    const register = { executor: this.executor, context: scope.context, promotionId };
    const joined = this.store.joint ? await joinedRegister(register, command) : null;
    const { answer, position, revision } = await scope.execute({
      aggregate: promotionAggregate,
      id: promotionId,
      command,
      missing: 'PROMOTION.NOT_FOUND',
      ...(joined && { joined: joined.append }),
      answer: (state, events, at) => ({
        body: promotionAnswer(state, events, at),
        edition: state.status === 'none' ? 0 : state.edition,
      }),
    });
    const { body, edition } = answer;
    const appended = joined?.edition === edition ? joined.append.appended : null;
    const told = appended === null ? await tellRegister(register) : appended.position;
    return { status: 200, body, revision, position: told ?? position };
  }
}
