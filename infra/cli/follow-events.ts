import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { EngineAwayError, problemLine } from './api-client.js';
import { CliError } from './cli-error.js';

export interface EventsOptions {
  readonly url: string;
  readonly token: string;
  readonly from?: string;
  readonly stream?: string;
  readonly category?: string;
  readonly type?: string;
  /** Goes on with what is recorded later, also when the engine restarts. */
  readonly follow?: boolean;
}

/** The output is closed, as `head` does when it has enough. */
class OutputClosed extends Error {}

const RETRY_MS = 1_000;
/** An engine that tells what is there does not pause for so long. */
const SILENCE_MS = 60_000;
/** One that goes on may have nothing to tell for days: the system asks whether it is still there. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Writes events as they come, a line an event; one that was cut off is asked for again after the last whole line.
 * @throws CliError with what the engine refused; EngineAwayError, unless it follows
 */
export async function followEvents(options: EventsOptions, output: NodeJS.WritableStream): Promise<void> {
  if (!URL.canParse(options.url)) throw new CliError(`${options.url} is no URL`);
  output.on('error', () => undefined);
  let from = options.from;
  while (output.writable) {
    try {
      for await (const line of linesOf({ ...options, ...(from === undefined ? {} : { from }) })) {
        await write(output, `${line}\n`);
        from = (JSON.parse(line) as { readonly position: string }).position;
      }
      if (options.follow !== true) return;
    } catch (error) {
      if (error instanceof OutputClosed) return;
      if (!(error instanceof EngineAwayError) || options.follow !== true) throw error;
    }
    await pause(RETRY_MS);
  }
}

const agent = new Agent({ connect: { keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS } });

async function* linesOf(options: EventsOptions): AsyncGenerator<string, void> {
  const { url, token, from, stream, category, type, follow } = options;
  const address = new URL(`${url.replace(/\/$/, '')}/v1/events`);
  const query = { from, stream, category, type, live: follow === true ? 'true' : undefined };
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  const { statusCode, body } = await request(address, {
    headers: { authorization: `Bearer ${token}` },
    bodyTimeout: follow === true ? 0 : SILENCE_MS,
    dispatcher: agent,
  }).catch((error: unknown) => {
    throw away(url, error);
  });
  if (statusCode >= 400 && statusCode < 500) {
    const problem = (await body.json().catch(() => ({}))) as Readonly<Record<string, unknown>>;
    throw new CliError(problemLine({ status: statusCode, body: problem }));
  }
  if (statusCode !== 200) throw new EngineAwayError(`the engine at ${url} answered ${statusCode}`);
  let rest = '';
  body.setEncoding('utf8');
  try {
    for await (const chunk of body) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw away(url, error);
  }
}

/** What the network said; where several addresses were tried, it says nothing but its code. */
function away(url: string, error: unknown): EngineAwayError {
  const { message = '', code = '' } = error as { message?: string; code?: string };
  return new EngineAwayError(`no answer from the engine at ${url}: ${message || code}`, { cause: error });
}

async function write(output: NodeJS.WritableStream, text: string): Promise<void> {
  if (!output.writable) throw new OutputClosed();
  if (output.write(text)) return;
  await once(output, 'drain').catch(() => {
    throw new OutputClosed();
  });
}
