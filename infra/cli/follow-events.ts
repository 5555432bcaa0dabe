import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from 'undici';
import { EngineAwayError, problemLine } from './api-client.js';
import { CliError } from './cli-error.js';

export interface EventsOptions {
  readonly url: string;
  readonly token: string;
  readonly from?: string;
  readonly stream?: string;
  readonly category?: string;
  readonly type?: string;
  readonly correlationId?: string;
  readonly actor?: string;
  /** RFC 3339, inclusive. */
  readonly since?: string;
  /** RFC 3339, exclusive: following ends then. */
  readonly until?: string;
  /** Members of a line, joined by commas. */
  readonly fields?: string;
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
  const { Agent } = await import('undici');
  const agent = new Agent({ connect: { keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS } });
  const { fields, asked } = withPosition(options.fields);
  let from = options.from;
  while (output.writable) {
    try {
      for await (const line of linesOf({ ...options, ...asked, ...(from === undefined ? {} : { from }) }, agent)) {
        await write(output, `${fields === 'as asked' ? line : withoutPosition(line)}\n`);
        from = (JSON.parse(line) as { readonly position: string }).position;
      }
      if (options.follow !== true || hasEnded(options)) return;
    } catch (error) {
      if (error instanceof OutputClosed) return;
      if (!(error instanceof EngineAwayError) || options.follow !== true) throw error;
    }
    await pause(RETRY_MS);
  }
}

/** Asks for the position of each line as well: going on after a line that was the last takes it. */
function withPosition(fields: string | undefined): {
  readonly fields: 'as asked' | 'with the position';
  readonly asked: Pick<EventsOptions, 'fields'>;
} {
  if (fields === undefined) return { fields: 'as asked', asked: {} };
  if (fields.split(',').includes('position')) return { fields: 'as asked', asked: { fields } };
  return { fields: 'with the position', asked: { fields: `position,${fields}` } };
}

/** Cuts the position off, which is the first member. */
const withoutPosition = (line: string): string => `{${line.slice(line.indexOf(',') + 1)}`;

const hasEnded = ({ until }: EventsOptions): boolean => until !== undefined && Date.parse(until) <= Date.now();

async function* linesOf(options: EventsOptions, agent: Agent): AsyncGenerator<string, void> {
  const { url, token, follow, ...filters } = options;
  const address = new URL(`${url.replace(/\/$/, '')}/v1/events`);
  const query = { ...filters, live: follow === true ? 'true' : undefined };
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  const { request } = await import('undici');
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
