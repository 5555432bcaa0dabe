// Hooks of Node's module loader: a TypeScript file is compiled as it is loaded, and found by the name it will be built as.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { swcOptions } from './typescript.mjs';

const pathOf = (url) => fileURLToPath(url.split('?')[0]);

export async function resolve(specifier, context, next) {
  const isOurs =
    specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.split('?')[0].endsWith('.ts');
  if (isOurs) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.split('?')[0].endsWith('.ts')) return next(url, context);
  const filename = pathOf(url);
  const options = { ...swcOptions, filename, sourceMaps: 'inline', swcrc: false };
  const { code } = await transform(await readFile(filename, 'utf8'), options);
  return { format: 'module', source: code, shortCircuit: true };
}
