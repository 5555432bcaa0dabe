// The steps of .ci/run. Needs Node alone: the first step installs the rest.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LEFT_OUT, ON_SERVERS, ON_USERS_AND_DISK } from './ci/second-runs.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const work = mkdtempSync(join(tmpdir(), 'cartwright-ci-'));
const counts = { passed: 0, failed: 0 };
/** Where the contract check's browser shop is. */
const SHOP_ORIGIN = 'https://shop.example';

function count(ok, what) {
  counts[ok ? 'passed' : 'failed']++;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}`);
  return ok;
}

/** Runs a program; `output` is what it wrote, where that is not passed on as it comes. */
function run([command, ...args], { isPassedOn = true, cwd = root, env = process.env } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', isPassedOn ? 'inherit' : 'pipe', 'inherit'] });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((done) => child.on('close', (status) => done({ status, output })));
}

async function step(name, command, options = {}) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const { status } = await run(command, options);
  return count(status === 0, `${name} (${Math.round((Date.now() - started) / 1000)} s)`);
}

/**
 * Starts the real servers where a script for that is there, beside the install: on a new machine both take minutes.
 * Answers what waits for them and gives the variables with their URLs; none without the script.
 */
function startServers() {
  const script = resolve(root, process.env.TEST_SERVERS ?? '../shared/servers/servers');
  if (!existsSync(script)) {
    console.log(`\nskip the real servers: no ${script}`);
    return async () => ({});
  }
  // To a file: the servers stay and would keep a pipe open.
  const output = join(work, 'servers.txt');
  const file = openSync(output, 'w');
  const child = spawn(script, ['start'], { stdio: ['ignore', file, 'inherit'] });
  const started = new Promise((done) => child.on('exit', (code) => done(code === 0)));
  return async () => {
    count(await started, 'the real servers are started');
    closeSync(file);
    const lines = [...readFileSync(output, 'utf8').matchAll(/^([A-Z_]+)=(\S+)$/gm)];
    const urls = Object.fromEntries(lines.map(([, name, url]) => [name, url]));
    return { ...urls, TEST_SERVERS_REQUIRED: 'SEARCH_TEST_URL,READ_STORE_TEST_URL,BUS_TEST_URL,TOXIPROXY_URL' };
  };
}

/** The tests count one by one; a run that executed none has failed. */
async function tests(name, variables, args = []) {
  const report = join(mkdtempSync(join(work, 'jest-')), 'report.json');
  const env = { ...process.env, ...variables };
  const ok = await step(name, ['npm', 'test', '--', '--json', `--outputFile=${report}`, ...args], { env });
  if (!existsSync(report)) return;
  const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'));
  counts.passed += numPassedTests;
  counts.failed += numFailedTests;
  if (ok) count(numTotalTests > 0, `${numTotalTests} tests were executed`);
}

/** The short proofs, always with the same seed: what one finds anew is the change's doing. */
const PROOFS = [
  'store-model',
  'processes',
  'kill-points',
  'power-loss',
  'disk-errors',
  'rebuild',
  'saga-storm',
  'guards',
  'soak',
];

/** Two at a time: each waits for its processes and its disk half of the time. */
async function proofs(servers) {
  const waiting = [...PROOFS];
  const next = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const command = ['npm', 'run', '--silent', 'proof', '--', name, '--short', '--seed', '1'];
      await step(`proof ${name}`, command, { env: { ...process.env, ...servers } });
    }
  };
  await Promise.all([next(), next()]);
}

/** The first text on a program's output that looks like this; null when it ends or takes two minutes. */
function printed(child, pattern, output = child.stdout) {
  return new Promise((found) => {
    let text = '';
    output.on('data', (chunk) => {
      text += chunk;
      const match = pattern.exec(text);
      if (match) found(match[0]);
    });
    child.on('exit', () => found(null));
    setTimeout(() => found(null), 120_000).unref();
  });
}

/** What holds our requests to Stripe to the description of its API. */
const STRIPE_MOCK = 'github.com/stripe/stripe-mock@v0.203.0';

/**
 * Installs stripe-mock where Go is, beside our own install. Answers what waits for that and starts it: the variable with its
 * URL, and what ends it; neither where it cannot be had.
 */
function installStripeMock() {
  const nothing = { variables: {}, stop: () => undefined };
  const options = { env: { ...process.env, GOBIN: work }, stdio: 'ignore' };
  const installing = spawn('go', ['install', STRIPE_MOCK], options);
  const installed = new Promise((done) => {
    installing.on('error', () => done(false));
    installing.on('close', (status) => done(status === 0));
  });
  return async () => {
    if (!(await installed)) {
      console.log('\nskip stripe-mock: there is no Go, or no module proxy');
      return nothing;
    }
    const args = ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'];
    const child = spawn(join(work, 'stripe-mock'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const address = await printed(child, /(?<=HTTP at address: )\S+/);
    if (!count(address !== null, 'stripe-mock is started')) return nothing;
    return { variables: { STRIPE_MOCK_URL: `http://${address}` }, stop: () => child.kill() };
  };
}

/**
 * Installs Debian's Chromium where there is none and it may be, beside our own install. Answers what waits for that; without one the
 * specs of the pages are skipped and say so.
 */
function installChromium() {
  const isThere = () => existsSync('/usr/bin/chromium');
  if (isThere()) return async () => undefined;
  const script = 'apt-get update && apt-get install -y --no-install-recommends chromium';
  const installing = spawn('sh', ['-c', script], { stdio: 'ignore' });
  const ended = new Promise((done) => {
    installing.on('error', done);
    installing.on('close', done);
  });
  return async () => {
    await ended;
    if (!isThere()) console.log('\nskip the specs of the pages: no Chromium, and none could be installed');
  };
}

/** The built engine on a fresh data directory, as `npm start` runs it; resolves once it answers. */
async function startEngine(setting) {
  // Hex: on a command line a secret must not begin with a dash.
  const secret = randomBytes(32).toString('hex');
  const DATA_DIR = mkdtempSync(join(work, 'data-'));
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR, AUTH_SECRET: secret, CORS_ORIGINS: SHOP_ORIGIN, ...setting },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.stderr.pipe(process.stderr, { end: false });
  // Orders of the demo shop that are still being placed would change what the check compares; the log says when they are.
  const settled = printed(child, /placed the orders of the demo shop/, child.stderr);
  const url = await printed(child, /http:\/\/127\.0\.0\.1:\d+/);
  if (url !== null) await settled;
  return { child, secret, url };
}

/** The engine's settings for the real servers, and what ends the event store's test server; null without servers. */
async function distributedSetting(servers) {
  if (servers.SEARCH_TEST_URL === undefined) return null;
  const folder = 'infra/event-store/eventstoredb/test-server';
  const isBuilt = await step('build of the event store’s test server', [
    process.execPath,
    'node_modules/typescript7/bin/tsc',
    '-p',
    `${folder}/tsconfig.json`,
  ]);
  if (!isBuilt) return null;
  const program = join(root, '.cache/event-store-test-server', folder, 'serve.js');
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const eventStore = await printed(child, /esdb:\S+/);
  const name = `ci-${process.pid}`;
  const documents = new URL(servers.READ_STORE_TEST_URL);
  documents.pathname = `/${name}`;
  const setting = {
    EVENT_STORE_URL: eventStore,
    READ_STORE_URL: documents.href,
    KEY_STORE_URL: documents.href,
    SEARCH_URL: `${servers.SEARCH_TEST_URL}/${name}`,
    BUS_URL: `${servers.BUS_TEST_URL}/${name}`,
  };
  return { setting, stop: () => child.kill() };
}

/** Whether Ctrl-C ends everything that `npm start` started, in time; npm itself then ends by the signal. */
async function stopEngine(child) {
  let inTime = true;
  const gone = new Promise((done) => child.on('exit', done));
  process.kill(-child.pid, 'SIGINT');
  const timer = setTimeout(() => {
    inTime = false;
    process.kill(-child.pid, 'SIGKILL');
  }, 20_000);
  await gone;
  clearTimeout(timer);
  return inTime;
}

/** Two linters over the OpenAPI document, and a purchase through each generated client: its results count one by one. */
async function apiClients() {
  console.log('\n== the API document and clients generated from it');
  const check = [process.execPath, join(root, 'scripts', 'api-clients', 'check.mjs')];
  const { status, output } = await run(check, { isPassedOn: false });
  process.stdout.write(output);
  const results = output.match(/^(ok|FAIL) /gm) ?? [];
  counts.passed += results.filter((line) => line === 'ok ').length;
  counts.failed += results.filter((line) => line === 'FAIL ').length;
  count(status === 0 && results.length > 5, `${results.length} checks of the API document and its clients`);
}

/** What is read and not run. */
async function staticChecks() {
  await step('types', ['npm', 'run', '--silent', 'typecheck']);
  await step('format', ['npm', 'run', '--silent', 'format:check']);
  await step('lint', ['npm', 'run', '--silent', 'lint']);
  await step('architecture', ['npm', 'run', '--silent', 'architecture']);
  await step('dead code', ['npm', 'run', '--silent', 'knip']);
  await step('docs/map.md is up to date', ['npm', 'run', '--silent', 'docs:check']);
  await step('docker-compose.yml', ['npm', 'run', '--silent', 'compose:check']);
  await step('docs/integration-events is up to date', ['node', 'scripts/integration-schemas.mjs', '--check']);
  await step('the codes in docs/api.md are up to date', ['node', 'scripts/api-codes.mjs', '--check']);
}

/** What runs the engine, beside the proofs. */
async function checksOfTheBuilt(servers) {
  await step('docs/walk.md is up to date', ['npm', 'run', '--silent', 'walk', '--', '--check']);
  await apiClients();
  await contractChecks(servers);
}

const pendingCases = () =>
  readFileSync(join(root, 'scripts', 'contract-pending.txt'), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));

/** Every case that fails is listed as pending, and every case listed as pending fails: the list may only shrink. */
function judgeContract(output) {
  const lines = output.split('\n').filter((line) => /^(ok|FAIL|skip)\s/.test(line));
  const pending = new Set(pendingCases());
  for (const line of lines) {
    const [, outcome, title] = /^(ok|FAIL|skip)\s+(.*?) \(\d+ ms\)/.exec(line) ?? [];
    if (pending.delete(title))
      count(
        outcome === 'FAIL',
        `pending: ${title}${outcome === 'FAIL' ? '' : ' — no longer fails, take it off the list'}`,
      );
    else if (outcome === 'FAIL') count(false, `contract: ${line}`);
    else counts.passed++;
  }
  for (const title of pending) count(false, `pending case that the contract check does not have: ${title}`);
  count(lines.length > 100, `${lines.length} contract cases were run`);
}

/** A copy of the contract check with its packages; null where there is none. */
async function contractProgram() {
  const source = resolve(root, process.env.CONTRACT_CHECK ?? '../shared/contract-check');
  if (!existsSync(source)) {
    console.log(`\nskip the contract check: no folder ${source}`);
    return null;
  }
  const copy = join(work, 'contract-check');
  cpSync(source, copy, { recursive: true });
  return (await step('npm ci of the contract check', ['npm', 'ci', '--silent'], { cwd: copy })) ? copy : null;
}

async function contractCheck(where, program, setting) {
  const { child, secret, url } = await startEngine(setting);
  try {
    if (!count(url !== null, `npm start prints its URL ${where}`)) return;
    const { status } = await fetch(`${url}/healthz`);
    count(status === 200, `the started engine is healthy ${where}`);
    if (program === null) return;
    const args = ['run.mjs', '--url', url, '--auth-secret', secret, '--cors-origin', SHOP_ORIGIN];
    // Its own closing line would be taken for the whole run's.
    const { output } = await run([process.execPath, ...args], { cwd: program, isPassedOn: false });
    console.log(`\n== the built engine ${where} and the contract check`);
    judgeContract(output);
  } finally {
    count(await stopEngine(child), `Ctrl-C ends the engine in time ${where}`);
  }
}

/** On both settings at once: each waits for the clock most of the time. */
async function contractChecks(servers) {
  const program = await contractProgram();
  const distributed = await distributedSetting(servers);
  const checks = [contractCheck('on the embedded default', program, {})];
  if (distributed !== null) checks.push(contractCheck('on real engines', program, distributed.setting));
  await Promise.all(checks);
  distributed?.stop();
}

async function allTests(servers, startStripeMock) {
  const stripe = await startStripeMock();
  // Most of the time most specs wait, for a process, a clock or a disk: twice as many as there are cores keep these busy.
  await tests('npm test', { ...servers, ...stripe.variables }, [`--maxWorkers=${2 * availableParallelism()}`]);
  stripe.stop();
  await Promise.all([testsOnServers(servers), testsOnUsersAndDisk(servers)]);
}

// Each with one worker: the engine, its servers and the spec share the machine, and their time limits are to stay honest.
async function testsOnServers(servers) {
  if (servers.SEARCH_TEST_URL === undefined) return;
  const variables = { ...servers, E2E_SETTING: 'distributed' };
  await tests('end-to-end specs on real servers', variables, [...ON_SERVERS, LEFT_OUT, '--maxWorkers=1']);
}

async function testsOnUsersAndDisk(servers) {
  const { READ_STORE_AUTH_TEST_URL: withUsers } = servers;
  if (withUsers === undefined) return;
  const variables = { ...servers, READ_STORE_TEST_URL: withUsers, E2E_SETTING: 'distributed' };
  await tests('MongoDB with users and a disk', variables, [...ON_USERS_AND_DISK, LEFT_OUT, '--maxWorkers=1']);
}

/**
 * All that has to be there before something runs. SQLite is compiled for a minute and a half by one core; the build and what is read
 * want nothing of it.
 */
async function installed() {
  if (!(await step('npm ci', ['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts']))) return false;
  const [isCompiled, isBuilt] = await Promise.all([
    step('npm rebuild', ['npm', 'rebuild'], { env: { ...process.env, JOBS: 'max' } }),
    step('build', ['npm', 'run', '--silent', 'build']).then(async (ok) => {
      if (ok) await staticChecks();
      return ok;
    }),
  ]);
  return isCompiled && isBuilt;
}

async function main() {
  const serversStarted = startServers();
  const startStripeMock = installStripeMock();
  const chromiumInstalled = installChromium();
  if (await installed()) {
    const servers = await serversStarted();
    await chromiumInstalled();
    await allTests(servers, startStripeMock);
    // The proofs leave the machine idle half of the time; what is compared there are outcomes, not times.
    await Promise.all([proofs(servers), checksOfTheBuilt(servers)]);
  }
  rmSync(work, { recursive: true, force: true });
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  process.exit(counts.failed > 0 ? 1 : 0);
}

await main();
