// The layer rules: none may be broken by the product, every one must be broken by the canary (or it checks nothing), and
// enough modules must have been seen (a parser that reads nothing finds nothing wrong).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST_MODULES = 150;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const config = join(root, '.dependency-cruiser.cjs');
const layers = ['domain', 'write-side', 'projections', 'read-api', 'sagas', 'infra', 'web'];
const { forbidden } = createRequire(import.meta.url)(config);

function cruise(cwd) {
  const bin = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const run = spawnSync(process.execPath, [bin, '--config', config, '--output-type', 'json', ...layers], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (!run.stdout) throw new Error(run.stderr);
  return JSON.parse(run.stdout).summary;
}

const problems = [];
const product = cruise(root);
for (const { rule, from, to } of product.violations) problems.push(`${rule.name}: ${from} → ${to}`);
if (product.totalCruised < LEAST_MODULES)
  problems.push(`only ${product.totalCruised} modules seen, not ${LEAST_MODULES}`);

const seen = new Set(cruise(join(root, 'scripts', 'architecture-canary')).violations.map(({ rule }) => rule.name));
for (const { name } of forbidden)
  if (!seen.has(name)) problems.push(`the canary does not break ${name}: the rule checks nothing`);

for (const problem of problems) console.error(problem);
console.log(`architecture: ${product.totalCruised} modules, ${forbidden.length} rules, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
