// The built engine on files of its own, with the demo shop.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './run.mjs';

const cli = join(root, 'dist', 'infra', 'cli', 'main.js');

/** Resolves once it answers: its URL, what makes a customer's token, and what ends it. */
export async function startEngine() {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'cartwright-clients-'));
  const AUTH_SECRET = randomBytes(32).toString('hex');
  const env = { ...process.env, DATA_DIR, PORT: '0', AUTH_SECRET, LOG_LEVEL: 'warn', DRAIN_SECONDS: '0' };
  const child = spawn(process.execPath, [join(root, 'dist', 'infra', 'app', 'main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((done) => child.on('exit', done));
  const stop = async () => {
    child.kill();
    await gone;
    rmSync(DATA_DIR, { recursive: true, force: true });
  };
  const url = await Promise.race([printedUrl(child), gone.then(() => undefined)]);
  const tokenFor = (sub) =>
    spawnSync(process.execPath, [cli, 'token', '--role', 'customer', '--sub', sub], {
      env,
      encoding: 'utf8',
    }).stdout.trim();
  return { url, tokenFor, stop };
}

function printedUrl(child) {
  return new Promise((found) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (match) found(match[0]);
    });
  });
}
