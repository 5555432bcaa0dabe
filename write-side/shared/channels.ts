import { Inject, Injectable } from '@nestjs/common';
import { channelAggregate, channelOf, DEFAULT_CHANNEL, sells } from '../../domain/channel/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { problem } from '../../infra/http/index.js';
import { COMMAND_EXECUTOR } from './index.js';

/** What of a request has to be sold in a channel. */
export interface Asked {
  /** Of the member that says it. */
  readonly path: 'currency' | 'country' | 'shippingAddress.country';
  readonly wanted: Parameters<typeof sells>[1];
}

/** Looks up channels for the commands of other contexts, in their own folded streams. */
@Injectable()
export class Channels {
  constructor(@Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor) {}

  /** Finds the channels that there are among those that are named; a channel that there is stays. */
  async known(codes: Iterable<string>): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    for (const code of new Set(codes)) if ((await this.find(code)) !== null) known.add(code);
    return known;
  }

  /** @throws ProblemError 404 CHANNEL.NOT_FOUND; 422 CHANNEL.NOT_SOLD with the paths of all that is not sold in the channel */
  async require(code: string | undefined, asked: readonly Asked[]): Promise<void> {
    if (code === undefined || code === DEFAULT_CHANNEL) return;
    const channel = await this.find(code);
    if (channel === null) throw problem('CHANNEL.NOT_FOUND', 'There is no such channel.');
    const unsold = asked.filter(({ wanted }) => !sells(channel, wanted));
    if (unsold.length === 0) return;
    const errors = unsold.map(({ path }) => ({ path, message: 'is not sold in the channel' }));
    throw problem(
      'CHANNEL.NOT_SOLD',
      `Not sold in the channel ${code}: ${errors.map(({ path }) => path).join(', ')}.`,
      {
        errors,
      },
    );
  }

  private find(code: string) {
    return this.executor.query(channelAggregate, code, (state) => channelOf(code, state));
  }
}
