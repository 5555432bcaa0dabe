import type { Command } from 'commander';
import { RELAY, restartRelay } from '../relay/index.js';
import type { Config } from '../config/index.js';
import {
  openParkedMessages,
  retryParked,
  type DeliveryHandler,
  type ParkedMessage,
  type ParkedMessages,
} from '../message-bus/index.js';
import type { DocumentStore } from '../document-store/index.js';
import { Closers } from '../app/boot/closers.js';
import { openBus } from '../app/relay/run-relay.js';
import { openProcessStore } from '../app/stores/stores.js';
import { openWebhookHandler, WEBHOOKS } from '../app/relay/webhooks-out.js';
import { CliError } from './cli-error.js';
import { existingInstallation } from './model-access.js';
import { printTable } from './print-projections.js';
import type { Say } from './rebuild.js';

const NOTES = `
Works on the stores that the environment names, beside a running engine or without one.`;

interface RelayAccess {
  readonly config: Config;
  readonly processes: DocumentStore;
  readonly parked: ParkedMessages;
  readonly closers: Closers;
}

/** What operators do about the events that go out. */
export function addRelayCommands(program: Command, say: Say): void {
  program
    .command('relay')
    .description('see to the relay, which publishes integration events')
    .requiredOption('--from-start', 'have it publish the whole log again; consumers leave out what they know')
    .addHelpText('after', NOTES)
    .action(() =>
      withRelay(async ({ processes }) => {
        await restartRelay(processes);
        say('the relay publishes the log again from its start; a running one begins within a second');
      }),
    );
  program
    .command('parked-messages')
    .description('list the messages that a consumer gave up on')
    .option('--retry', 'try them once more')
    .option('--id <id>', 'only the message with this id')
    .addHelpText('after', NOTES)
    .action(({ retry = false, id }: { retry?: boolean; id?: string }) =>
      withRelay((access) => (retry ? retryAll(access, id, say) : list(access, id, say))),
    );
}

async function withRelay(work: (access: RelayAccess) => Promise<void>): Promise<void> {
  const config = existingInstallation(process.env);
  const closers = new Closers();
  try {
    const processes = await openProcessStore(config);
    closers.add(() => processes.close());
    await work({ config, processes, parked: await openParkedMessages(processes), closers });
  } finally {
    await closers.close();
  }
}

async function list({ parked }: RelayAccess, id: string | undefined, say: Say): Promise<void> {
  const rows = await chosen(parked, id);
  if (rows.length === 0) return say('nothing is parked');
  printTable(['consumer', 'id', 'subject', 'attempts', 'parkedAt', 'error'], rows, say);
}

async function retryAll(access: RelayAccess, id: string | undefined, say: Say): Promise<void> {
  const { parked } = access;
  const handlers = new Map<string, DeliveryHandler>();
  // All of them first: one that is parked again comes last in the list.
  const messages = await chosen(parked, id);
  for (const message of messages) {
    const { consumer } = message;
    const handler = handlers.get(consumer) ?? (await handlerOf(consumer, access));
    handlers.set(consumer, handler);
    const failure = await retryParked(parked, message, handler);
    say(`${consumer} ${message.id}: ${failure === null ? 'delivered' : `still parked: ${failure}`}`);
    if (failure !== null) process.exitCode = 1;
  }
  if (messages.length === 0) say('nothing is parked');
}

async function chosen(parked: ParkedMessages, id: string | undefined): Promise<readonly ParkedMessage[]> {
  const messages: ParkedMessage[] = [];
  for await (const message of parked.list()) if (id === undefined || message.id === id) messages.push(message);
  return messages;
}

async function handlerOf(
  consumer: string,
  { config, processes, parked, closers }: RelayAccess,
): Promise<DeliveryHandler> {
  if (consumer === RELAY) {
    const bus = await openBus(config, parked, () => {});
    closers.add(() => bus.close());
    return ({ message }) => bus.publish([message]);
  }
  if (consumer !== WEBHOOKS) throw new CliError(`there is no consumer ${consumer} any more`);
  if (config.eventWebhook === null) throw new CliError('EVENT_WEBHOOK_URL has to be set, as for the engine');
  return openWebhookHandler(config.eventWebhook, processes);
}
