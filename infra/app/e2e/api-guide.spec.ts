import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { packageRoot } from '../boot/package-root.js';
import { cliProgram } from '../test-support/built-program.js';
import { AUTH_SECRET } from '../test-support/engine-process.js';
import { tokenOf, useEngines, type EngineProcess } from '../test-support/index.js';

const guide = readFileSync(join(packageRoot, 'docs/api.md'), 'utf8');
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const SECRET = newSecret();

const COMPILER_OPTIONS = {
  target: 'es2022',
  module: 'nodenext',
  lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: ['node'],
  strict: true,
  moduleDetection: 'force',
  skipLibCheck: true,
};

/** The fenced blocks whose opening line says so, oldest first. */
const blocks = (info: string): readonly string[] =>
  [...guide.matchAll(/^```(.+)\n([^]*?)^```$/gm)].filter(([, one]) => one === info).map(([, , text = '']) => text);

const block = (info: string): string => {
  const [text, ...others] = blocks(info);
  if (text === undefined || others.length > 0) throw new Error(`docs/api.md has not one block ${info}`);
  return text;
};

describe('docs/api.md', () => {
  const engines = useEngines();
  let directory: string;

  /** A file of the guide, beside the packages that its types come from. */
  const written = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };

  /** What a program prints. @throws with all that it printed, unless it ends well */
  async function output(command: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
    const [program = '', ...args] = command;
    const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
    const child = spawn(program, args, { cwd: packageRoot, env: { ...inherited, ...env } });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += String(chunk)));
    const code = await new Promise((ended) => child.on('close', ended));
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${String(code)}:\n${printed}`);
    return printed;
  }

  /** TypeScript blocks as JavaScript, type-checked as strictly as a client might; the paths in their order. */
  function compiled(...names: readonly string[]): readonly string[] {
    const sources = names.map((name) => written(name, block(`ts ${name}`)));
    const project = written('tsconfig.json', JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: names }));
    const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    const run = spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`docs/api.md does not compile:\n${run.stdout}`);
    return sources.map((source) => source.replace(/\.ts$/, '.js'));
  }

  const shopping = (engine: EngineProcess, script: string): Promise<string> =>
    output(['bash', '-euo', 'pipefail', written('journey.sh', script)], { URL: engine.url, AUTH_SECRET });

  beforeAll(() => {
    directory = join(packageRoot, '.cache', `api-guide-${process.pid}`);
    mkdirSync(directory, { recursive: true });
    written('package.json', '{"type":"module"}');
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('has a journey, programs and a signed notice that do on the demo shop what it says', async () => {
    const env = { SEED_DEMO: '1', CARRIER_WEBHOOK_SECRET: SECRET };
    const engine = await engines.start({ env });
    // As the command line is built already, it is asked without npm.
    const script = blocks('sh journey')
      .join('\n')
      .replaceAll('npm run -s cli --', `"${process.execPath}" ${cliProgram}`);
    const journey = await shopping(engine, script);

    expect(journey).not.toContain('urn:cartwright:problem:');
    const told = [
      '"highlight"',
      'Spring Salad Blend',
      '"shippingMethods"',
      '"status":"rejected"',
      '"code":"PAYMENT.DECLINED"',
      '"status":"confirmed"',
      '"total":{"amount":985,"currency":"USD"}',
      '"status":"delivered"',
      'payment.captured.v1',
      'order.refund-requested.v1',
      '"status":"pending"',
    ];
    let at = 0;
    for (const text of told) {
      const found = journey.indexOf(text, at);
      if (found < 0) throw new Error(`the journey does not tell ${text} after what came before:\n${journey}`);
      at = found;
    }

    const [shop = '', follow = ''] = compiled('shop.ts', 'follow.ts');
    expect(await output([process.execPath, shop], { URL: engine.url })).toMatch(
      /^[0-9A-Z]{4}(-[0-9A-Z]{1,4})+ confirmed 2\n$/,
    );
    const reader = { URL: engine.url, TOKEN: await tokenOf('analyst') };
    expect(await output([process.execPath, follow], reader)).toMatch(/^order\.\S+ \S+Z\n$/);

    const [, shipment = ''] = /^SHIPMENT=(\S+)$/m.exec(journey) ?? [];
    const notice = [process.execPath, written('notice.mjs', block('js notice.mjs'))];
    const signed = { URL: engine.url, SHIPMENT: shipment, CARRIER_WEBHOOK_SECRET: SECRET };
    expect(await output(notice, signed)).toBe('200 delivered\n');
    const forged = { ...signed, CARRIER_WEBHOOK_SECRET: newSecret() };
    expect(await output(notice, forged)).toMatch(/^401 /);
  }, 120_000);

  it('has a receiver that takes what one of the signatures in a webhook is good for, and nothing else', async () => {
    const path = written('receive.mjs', block('js receive.mjs'));
    const program = `const { isGenuine } = await import(${JSON.stringify(pathToFileURL(path).href)});
      for (const args of JSON.parse(process.argv[1])) console.log(isGenuine(...args));`;
    const now = new Date();
    const body = '{"id":"msg_1"}';
    const other = newSecret();
    const headers = (at: Date, ...secrets: readonly string[]) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign('msg_1', at, body)).join(' '),
    });
    const longAgo = new Date(now.getTime() - 600_000);
    const cases = [
      [SECRET, headers(now, SECRET), body],
      [SECRET, headers(now, other, SECRET), body],
      [SECRET, headers(now, other), body],
      [SECRET, headers(now, SECRET), `${body} `],
      [SECRET, headers(longAgo, SECRET), body],
      [SECRET, {}, body],
    ];
    const judged = await output([process.execPath, '-e', program, '--', JSON.stringify(cases)], {});
    expect(judged.trim().split('\n')).toEqual(['true', 'true', 'false', 'false', 'false', 'false']);
  });
});
