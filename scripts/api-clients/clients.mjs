// How each client is generated, and the command that buys something through it. Answers null where that was not to be had.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, document, has, here, installed, report, runs, skip } from './run.mjs';

/** The journey compiled against the generated code, or null with the types' errors shown. */
function compiled(folder) {
  const ok = report(runs([installed('tsc'), '-p', folder]), `${folder}: the journey compiles against the client`);
  return ok ? [process.execPath, join(cache, 'compiled', folder, 'journey.mjs')] : null;
}

export function openapiFetch() {
  const schema = join(cache, 'openapi-fetch', 'schema.d.ts');
  const ok = runs([installed('openapi-typescript'), document, '--output', schema]);
  return report(ok, 'openapi-fetch: openapi-typescript writes the types') ? compiled('openapi-fetch') : null;
}

const GENERATOR = { version: '7.17.0', sha256: '25d6bd8273dd2be99979d544b62ea43f0ce1975f1aa582678b5093d1e7fcfce8' };

/** openapi-generator from Maven Central, once; null where it could not be fetched. */
function generatorJar() {
  const jar = join(cache, `openapi-generator-cli-${GENERATOR.version}.jar`);
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy';
  const artifact = `org.openapitools:openapi-generator-cli:${GENERATOR.version}`;
  if (!existsSync(jar) && !runs(['mvn', '-q', '-B', plugin, `-Dartifact=${artifact}`, `-DoutputDirectory=${cache}`]))
    return null;
  const sum = createHash('sha256').update(readFileSync(jar)).digest('hex');
  return report(sum === GENERATOR.sha256, 'typescript-fetch: the generator is the one that was pinned') ? jar : null;
}

export function typescriptFetch() {
  const missing = ['java', 'mvn'].find((program) => !has(program, '-version'));
  if (missing !== undefined) return void skip('typescript-fetch', missing);
  const jar = generatorJar();
  if (jar === null) return void skip('typescript-fetch', 'openapi-generator');
  const output = join(cache, 'typescript-fetch');
  const options = ['-g', 'typescript-fetch', '--additional-properties', 'importFileExtension=.js'];
  const ok = runs(['java', '-jar', jar, 'generate', '-i', document, '-o', output, ...options]);
  return report(ok, 'typescript-fetch: openapi-generator writes the client') ? compiled('typescript-fetch') : null;
}

export function python() {
  const venv = join(cache, 'venv');
  const bin = join(venv, 'bin');
  if (!has('python3', '--version')) return void skip('python', 'python3');
  if (!runs(['python3', '-m', 'venv', venv])) return void skip('python', 'venv of python3');
  const needs = join(here, 'python', 'requirements.txt');
  if (!runs([join(bin, 'python'), '-m', 'pip', 'install', '--quiet', '-r', needs]))
    return void skip('python', 'the packages of requirements.txt');
  const output = join(cache, 'python', 'cartwright_client');
  const config = join(here, 'python', 'generator.yaml');
  const options = ['--output-path', output, '--config', config, '--meta', 'none', '--overwrite'];
  const ok = runs([join(bin, 'openapi-python-client'), 'generate', '--path', document, ...options]);
  if (!report(ok, 'python: openapi-python-client writes the client')) return null;
  return ['env', `PYTHONPATH=${join(cache, 'python')}`, join(bin, 'python'), join(here, 'python', 'journey.py')];
}
