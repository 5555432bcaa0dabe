// Checks docker-compose.yml: against the Compose specification's schema, and by rules of our own. Each rule is also run over
// the same file with one planted violation, which it has to find: a check that cannot fail is none.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const require = createRequire(import.meta.url);

/** The same text anew for each use: planted violations change it. */
const compose = () => parse(text, { merge: true });

function schemaCheck() {
  const path = require.resolve('docker-compose/schema/compose-spec.json');
  const schema = JSON.parse(readFileSync(path, 'utf8'));
  // Named with https, by which the validator does not know its own draft 7; formats (durations) are Compose's own.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
  return (file) => {
    validate(file);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

const servicesOf = ({ services }) => Object.entries(services);
const environmentOf = ({ environment = {} }) => Object.entries(environment);
const isOurs = ({ build }) => build !== undefined;
/** Keeps nothing: it may be made anew at any time. */
const STATELESS = new Set(['proxy']);

const PINNED = /:[\w.-]*\d[\w.-]*$/;
const pinnedImages = (file) =>
  servicesOf(file)
    .filter(([, { image = '' }]) => !PINNED.test(image) || /:latest/.test(image))
    .map(([name, { image }]) => `${name}: image ${image} is not pinned`);

/** What the adapters' specs run against is what is deployed. */
function testedImages(file) {
  const servers = readFileSync(join(root, 'infra/test-support/servers/servers.ts'), 'utf8');
  const tested = [...servers.matchAll(/image: '([^']+)'/g)].map(([, image]) => image);
  const deployed = new Set(servicesOf(file).map(([, { image }]) => image));
  if (tested.length < 4) return ['infra/test-support/servers/servers.ts names fewer than four images'];
  return tested.filter((image) => !deployed.has(image)).map((image) => `${image} is tested but not deployed`);
}

const durableEngines = (file) =>
  servicesOf(file)
    .filter(([name, service]) => !isOurs(service) && !STATELESS.has(name))
    .flatMap(([name, { volumes = [] }]) => {
      const named = volumes.map((volume) => String(volume).split(':')[0]).filter((volume) => volume in file.volumes);
      return named.length > 0 ? [] : [`${name}: it has no volume of its own`];
    });

const healthChecks = (file) =>
  servicesOf(file)
    .filter(([, service]) => !isOurs(service) && service.healthcheck?.test === undefined)
    .map(([name]) => `${name}: it has no health check`);

const REQUIRED = /^\$\{\w+:\?[^}]+\}$/;
/** Where the environment has it, it is passed on; else the engine does without, or says that it cannot. */
const isPassedOn = (value) => value === null;
const SECRET = /SECRET|PASSWORD|TOKEN|API_KEY|CREDENTIAL/;
const LITERAL_CREDENTIALS = /\/\/[^/@$]+@/;
const secrets = (file) =>
  servicesOf(file).flatMap(([name, service]) =>
    environmentOf(service)
      .filter(([key, value]) =>
        SECRET.test(key) ? !isPassedOn(value) && !REQUIRED.test(value) : LITERAL_CREDENTIALS.test(value),
      )
      .map(([key]) => `${name}: ${key} must come from the environment, without a default`),
  );

/** Whoever has root in a container, or fills its memory or its log, must not thereby have the machine. */
const hardening = (file) =>
  servicesOf(file).flatMap(([name, service]) => {
    const {
      cap_drop: dropped = [],
      security_opt: options = [],
      logging,
      deploy,
      build,
      read_only: isReadOnly,
    } = service;
    const limits = deploy?.resources?.limits ?? {};
    const missing = [
      [dropped.includes('ALL'), 'keeps capabilities'],
      [options.includes('no-new-privileges:true'), 'may gain privileges'],
      [logging?.options?.['max-size'] !== undefined, 'has a log without an end'],
      [limits.memory !== undefined && limits.pids !== undefined, 'has no limit of memory or processes'],
      [build === undefined || isReadOnly === true, 'may write its own files'],
    ];
    return missing.filter(([holds]) => !holds).map(([, what]) => `${name}: it ${what}`);
  });

/** What the image sets, and where no other value makes sense. */
const OF_THE_IMAGE = new Set(['DATA_DIR']);
const NAMES = /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|ROLES)'/g;

/** Every variable that the configuration reads. */
function settingNames() {
  const folder = join(root, 'infra/config');
  const files = readdirSync(folder).filter((name) => !name.endsWith('.spec.ts'));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const names = new Set(texts.flatMap((source) => [...source.matchAll(NAMES)].map(([, name]) => name)));
  return [...names].filter((name) => !OF_THE_IMAGE.has(name));
}

/** A setting that does not come through cannot be used at all. WEBHOOK_URL is wanted where there are sagas. */
function settings(file) {
  const names = settingNames();
  if (names.length < 25) return ['infra/config names fewer than 25 variables'];
  return servicesOf(file)
    .filter(([, service]) => isOurs(service))
    .flatMap(([name, { environment }]) =>
      names
        .filter((each) => each !== 'WEBHOOK_URL' || environment.ROLES === 'sagas')
        .filter((each) => !(each in environment))
        .map((each) => `${name}: ${each} is not passed on`),
    );
}

/** Nobody outside reads the metrics, and Prometheus asks every role. */
function metrics(file) {
  const caddy = readFileSync(join(root, 'Caddyfile'), 'utf8');
  const hidden = /handle \/metrics \{\s*respond 404\s*\}/.test(caddy)
    ? []
    : ['Caddyfile: /metrics is answered to everybody'];
  const { scrape_configs: jobs } = parse(readFileSync(join(root, 'infra/monitoring/prometheus.yml'), 'utf8'));
  const asked = new Set(jobs.flatMap(({ dns_sd_configs: dns = [] }) => dns.flatMap(({ names }) => names)));
  const ours = servicesOf(file).filter(([, service]) => isOurs(service));
  return [
    ...hidden,
    ...ours.filter(([name]) => !asked.has(name)).map(([name]) => `${name}: Prometheus does not ask it`),
  ];
}

const ROLES = ['write-side', 'sagas', 'projections', 'read-api'];
const STORES = ['EVENT_STORE_URL', 'READ_STORE_URL', 'SEARCH_URL', 'KEY_STORE_URL', 'BUS_URL'];
const roles = (file) =>
  ROLES.flatMap((role) => {
    const [, service] = servicesOf(file).find(([, { environment }]) => environment?.ROLES === role) ?? [];
    if (service === undefined) return [`no service has the role ${role}`];
    const few = (service.deploy?.replicas ?? 1) < 2 ? [`${role}: it has no second container`] : [];
    const missing = STORES.filter((store) => !/^(?!sqlite|memory)[a-z+]+:\/\//.test(service.environment[store] ?? ''));
    return [...few, ...missing.map((store) => `${role}: ${store} names no server`)];
  });

const checks = [
  ['Compose schema', schemaCheck(), (file) => (file.services.nats.port = ['4222'])],
  ['Compose schema, deep', schemaCheck(), (file) => (file.services.sagas.deploy.replicas = {})],
  ['pinned images', pinnedImages, (file) => (file.services.mongodb.image = 'mongo:latest')],
  ['pinned images, no tag', pinnedImages, (file) => (file.services.nats.image = 'nats')],
  ['tested images', testedImages, (file) => (file.services.mongodb.image = 'mongo:4.0.0')],
  ['volumes', durableEngines, (file) => delete file.services.nats.volumes],
  ['health checks', healthChecks, (file) => delete file.services.elasticsearch.healthcheck],
  ['secrets', secrets, (file) => (file.services.sagas.environment.AUTH_SECRET = '${AUTH_SECRET:-changeme}')],
  ['secrets in URLs', secrets, (file) => (file.services.sagas.environment.BUS_URL = 'nats://me:secret@nats:4222')],
  ['roles', roles, (file) => (file.services.sagas.deploy.replicas = 1)],
  ['hardening', hardening, (file) => delete file.services['read-api'].cap_drop],
  ['hardening, limits', hardening, (file) => delete file.services.mongodb.deploy.resources.limits.pids],
  ['settings', settings, (file) => delete file.services.sagas.environment.EVENT_WEBHOOK_URL],
  ['metrics', metrics, (file) => (file.services.accounts = { build: '.' })],
  ['stores', roles, (file) => delete file.services['read-api'].environment.SEARCH_URL],
];

let failed = 0;
for (const [name, check, plant] of checks) {
  const planted = compose();
  plant(planted);
  const problems = check(compose());
  if (check(planted).length === 0) problems.push('a planted violation was not found');
  for (const problem of problems) console.error(`FAIL ${name}: ${problem}`);
  failed += problems.length;
}
console.log(failed === 0 ? `docker-compose.yml passes ${checks.length} checks` : `${failed} problems`);
process.exit(failed === 0 ? 0 : 1);
