import { channelAggregate, channelOf } from '../../domain/channel/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';

/** Finds the channels that there are among those that are named, in their own streams; a channel that there is stays. */
export async function knownChannels(executor: CommandExecutor, codes: Iterable<string>): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const code of new Set(codes)) {
    const channel = await executor.query(channelAggregate, code, (state) => channelOf(code, state));
    if (channel !== null) known.add(code);
  }
  return known;
}
