import type { Command } from 'commander';
import { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';

export interface ApiOptions {
  readonly url: string;
  readonly token: string;
  readonly concurrency: number;
}

export const DEFAULT_URL = 'http://127.0.0.1:3000';

export interface ApiCommand {
  readonly name: string;
  readonly description: string;
  /** Roles of which the token has to have one, as a sentence goes on. */
  readonly role: string;
}

/** A command that talks to a running engine. */
export function apiCommand(parent: Command, { name, description, role }: ApiCommand): Command {
  return parent
    .command(name)
    .description(description)
    .option('--url <url>', 'where the engine answers', DEFAULT_URL)
    .requiredOption('--token <token>', `a token of role ${role} (see: token)`);
}

export async function withClient<Result>(
  options: Pick<ApiOptions, 'url' | 'concurrency'>,
  work: (client: ApiClient) => Promise<Result>,
): Promise<Result> {
  if (!URL.canParse(options.url)) throw new CliError(`${options.url} is no URL`);
  const client = new ApiClient(options.url, { connections: options.concurrency });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
