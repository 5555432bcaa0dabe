import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { channelAggregate } from '../../domain/channel/index.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { channelAnswer } from './channel.answers.js';
import { ChangeChannel, CreateChannel } from './channel.commands.js';

@CommandHandler(CreateChannel)
export class CreateChannelHandler implements ICommandHandler<CreateChannel> {
  /** @throws ProblemError CHANNEL.CODE_TAKEN, CHANNEL.INVALID */
  execute({ scope, data }: CreateChannel): Promise<WriteAnswer> {
    return scope.answer(201, {
      aggregate: channelAggregate,
      id: data.code,
      creates: true,
      command: { type: 'create-channel', ...data },
      answer: channelAnswer(data.code),
    });
  }
}

@CommandHandler(ChangeChannel)
export class ChangeChannelHandler implements ICommandHandler<ChangeChannel> {
  /** @throws ProblemError CHANNEL.NOT_FOUND, CHANNEL.INVALID */
  execute({ scope, data }: ChangeChannel): Promise<WriteAnswer> {
    return scope.answer(200, {
      aggregate: channelAggregate,
      id: data.code,
      command: { type: 'change-channel', ...data },
      answer: channelAnswer(data.code),
    });
  }
}
