// Checks infra/monitoring/alerts.yml: each metric that an alert asks for is one that the engine has, and docs/operations.md
// says of each alert what to do. Each rule also has to find a planted violation.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const text = (path) => readFileSync(join(root, path), 'utf8');

const { groups } = parse(text('infra/monitoring/alerts.yml'));
const alerts = groups.flatMap(({ rules }) => rules);
const runbook = text('docs/operations.md');

/** Names that the code registers; a histogram is asked for by its buckets, its sum or its count. */
const code = readdirSync(join(root, 'infra'), { recursive: true })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .map((path) => text(join('infra', path)));
const registered = new Set(code.flatMap((source) => source.match(/cartwright_[a-z_]+/g) ?? []));
const OTHERS = new Set(['process_resident_memory_bytes', 'up']);
const METRIC = /\b(?:cartwright_[a-z_]+|process_[a-z_]+|nodejs_[a-z_]+|up)\b(?=[{[)\s])/g;

function unknownMetrics({ alert, expr }) {
  const names = expr.match(METRIC) ?? [];
  if (names.length === 0) return [`${alert}: it asks for no metric`];
  return names
    .map((name) => name.replace(/_(bucket|sum|count)$/, ''))
    .filter((name) => !registered.has(name) && !OTHERS.has(name))
    .map((name) => `${alert}: there is no metric ${name}`);
}

const undocumented = ({ alert }) =>
  runbook.includes(`\`${alert}\``) ? [] : [`${alert}: docs/operations.md does not say what to do`];

const problems = alerts.flatMap((alert) => [...unknownMetrics(alert), ...undocumented(alert)]);
if (alerts.length < 8) problems.push('fewer than eight alerts');
const planted = { alert: 'CartwrightPlanted', expr: 'cartwright_no_such_metric > 0' };
if (unknownMetrics(planted).length === 0 || undocumented(planted).length === 0) {
  problems.push('a planted violation was not found');
}
for (const problem of problems) console.error(`FAIL ${problem}`);
console.log(
  problems.length === 0 ? `${alerts.length} alerts ask for metrics that there are` : `${problems.length} problems`,
);
process.exit(problems.length === 0 ? 0 : 1);
