// Holds the built OpenAPI document to two linters without a waiver, and buys something through three clients that are
// generated from it. Each result is a line: ok, FAIL or skip.
import { mkdirSync } from 'node:fs';
import { openapiFetch, python, typescriptFetch } from './clients.mjs';
import { startEngine } from './engine.mjs';
import { cache, document, installed, report, runs } from './run.mjs';

function lint() {
  // The strict set is the recommended one with warnings as errors.
  const redocly = [installed('redocly'), 'lint', document, '--extends=recommended-strict'];
  report(
    runs(redocly, { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }),
    'Redocly finds no error and no warning',
  );
  const spectral = [installed('spectral'), 'lint', document, '--ruleset', '.spectral.yaml', '--fail-severity', 'hint'];
  report(runs(spectral), 'Spectral finds no error and no warning');
}

async function journeys() {
  const clients = { 'openapi-fetch': openapiFetch(), 'typescript-fetch': typescriptFetch(), python: python() };
  const engine = await startEngine();
  try {
    if (!report(engine.url !== undefined, 'the engine starts for the generated clients')) return;
    for (const [name, command] of Object.entries(clients)) {
      if (!command) continue;
      const env = { CARTWRIGHT_URL: engine.url, CARTWRIGHT_TOKEN: engine.tokenFor(name) };
      report(runs(command, env), `${name}: a customer finds what they bought among their orders`);
    }
  } finally {
    await engine.stop();
  }
}

mkdirSync(cache, { recursive: true });
if (
  report(runs(['npm', 'ci', '--silent', '--ignore-scripts', '--no-audit', '--no-fund']), 'npm ci of the API clients')
) {
  lint();
  await journeys();
}
