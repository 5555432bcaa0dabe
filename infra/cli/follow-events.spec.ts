import { jest } from '@jest/globals';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { EngineAwayError } from './api-client.js';
import { CliError } from './cli-error.js';
import { followEvents } from './follow-events.js';

/** An engine that answers each request for events with the next of these. */
async function engine(...answers: readonly ((response: ServerResponse) => void)[]) {
  const asked: (string | undefined)[] = [];
  const server: Server = createServer((request, response) => {
    const answer = answers[asked.length];
    asked.push(request.url);
    if (answer === undefined) response.writeHead(503).end();
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

const line = (position: string): string => `{"position":"${position}"}\n`;

function printed() {
  const output = new PassThrough();
  let text = '';
  output.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { output, text: () => text };
}

describe('the command that prints events', () => {
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  // Comes first: undici goes on with the timer that an earlier request made.
  it('waits for as long as an engine that it follows has nothing to tell, and has the system ask whether it is there', async () => {
    const keepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const answers: ServerResponse[] = [];
    const { url, close } = await engine((response) => answers[answers.push(response) - 1]?.write(line('1')));
    const { output, text } = printed();
    const following = followEvents({ url, token: 't', follow: true }, output);
    while (text() !== line('1')) await new Promise(setImmediate);
    for (let minute = 0; minute < 10; minute += 1) {
      await jest.advanceTimersByTimeAsync(60_000);
      await new Promise(setImmediate);
    }
    answers[0]?.write(line('2'));
    while (text() === line('1') && answers[0]?.destroyed === false) await new Promise(setImmediate);
    expect(text()).toBe(line('1') + line('2'));
    expect(keepAlive).toHaveBeenCalledWith(true, 15_000);
    jest.useRealTimers();
    output.destroy();
    await close();
    await following.catch(() => undefined);
  });

  it('asks with the filters and prints the lines', async () => {
    const { url, asked, close } = await engine((response) => response.end(line('1') + line('2')));
    const { output, text } = printed();
    const filters = {
      from: '0',
      stream: 'cart-1',
      correlationId: 'c',
      actor: 'saga:checkout',
      since: '2026-03-01T00:00:00Z',
    };
    await followEvents({ url, token: 't', ...filters }, output);
    expect(text()).toBe(line('1') + line('2'));
    expect(asked).toEqual([`/v1/events?${new URLSearchParams(filters).toString()}`]);
    await close();
  });

  it('prints the members that are asked for, and goes on by the position where that is none of them', async () => {
    const withType = (position: string): string => `{"position":"${position}","type":"t,y"}\n`;
    const { url, asked, close } = await engine(
      (response) => response.write(withType('1'), () => response.destroy()),
      (response) => response.end(withType('2')),
    );
    const { output, text } = printed();
    // Following ends with the time that events are asked for up to.
    const until = new Date(Date.now() + 500).toISOString();
    await followEvents({ url, token: 't', fields: 'type', until, follow: true }, output);
    expect(text()).toBe('{"type":"t,y"}\n'.repeat(2));
    const queries = asked.map((path) => new URLSearchParams(path?.split('?')[1]));
    expect(queries.map((query) => [query.get('fields'), query.get('from')])).toEqual([
      ['position,type', null],
      ['position,type', '1'],
    ]);
    await close();
  });

  it('goes on after the last whole line when it follows and is cut off', async () => {
    const { url, asked, close } = await engine(
      (response) => response.write(`${line('1')}${line('2').slice(0, 4)}`, () => response.destroy()),
      (response) => response.write(line('2')),
    );
    const { output, text } = printed();
    const following = followEvents({ url, token: 't', follow: true }, output);
    while (text() !== line('1') + line('2')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(asked).toEqual(['/v1/events?live=true', '/v1/events?from=1&live=true']);
    output.destroy();
    await close();
    await following.catch(() => undefined);
  });

  it('tells in one line that there is no engine, that it cannot answer, and that it broke off', async () => {
    const { url, close } = await engine(
      (response) => response.writeHead(503).end(),
      (response) => response.write(`${line('1')}${line('2').slice(0, 4)}`, () => response.destroy()),
    );
    const failure = () => followEvents({ url, token: 't' }, printed().output).catch((error: unknown) => error);
    const failures = [await failure(), await failure()];
    await close();
    failures.push(await failure());
    for (const error of failures) expect(error).toBeInstanceOf(EngineAwayError);
    const { port } = new URL(url);
    expect(failures.map((error) => (error as Error).message)).toEqual([
      `the engine at ${url} answered 503`,
      `no answer from the engine at ${url}: other side closed`,
      `no answer from the engine at ${url}: connect ECONNREFUSED 127.0.0.1:${port}`,
    ]);
  });

  it('refuses an address that is none', async () => {
    const asking = followEvents({ url: 'nowhere', token: 't', follow: true }, printed().output);
    await expect(asking).rejects.toThrow(new CliError('nowhere is no URL'));
  });

  it('tells what the engine refused', async () => {
    const problem = { code: 'REQUEST.INVALID', detail: 'from must be a position' };
    const { url, close } = await engine((response) => response.writeHead(400).end(JSON.stringify(problem)));
    const asking = followEvents({ url, token: 't', follow: true }, printed().output);
    await expect(asking).rejects.toThrow('400 REQUEST.INVALID from must be a position');
    await close();
  });
});
