import { join } from 'node:path';
import ts from 'typescript';
import type { GoldenEvent } from './golden-files.js';
import { contexts, DOMAIN } from './golden-files.js';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
};

const CHECKED = join(DOMAIN, 'golden-events.checked.ts');

/** A context's union of events bears its name: `CartEvent` in `cart`. */
const unionOf = (context: string): string =>
  context.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()) + 'Event';

/** What the compiler says of events written down as literals: a missing, an unknown or a wrong member of today's type. */
export function typeErrors(events: readonly GoldenEvent[]): string[] {
  const source = [
    ...contexts.map((context) => `import type { ${unionOf(context)} } from './${context}/events.js';`),
    ...events.map(literalOf),
  ].join('\n');
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === CHECKED || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === CHECKED ? ts.createSourceFile(path, source, ts.ScriptTarget.ES2022) : getSourceFile(path, ...rest);
  const program = ts.createProgram([CHECKED], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
    const line = file === undefined || start === undefined ? '' : source.split('\n')[lineOf(file, start)];
    return `${ts.flattenDiagnosticMessageText(messageText, '\n')} in ${line ?? ''}`;
  });
}

const literalOf = ({ context, type, data }: GoldenEvent, index: number): string =>
  `export const e${index}: Extract<${unionOf(context)}, { readonly type: '${type}' }> = ${JSON.stringify({ type, data })};`;

const lineOf = (file: ts.SourceFile, start: number): number => file.getLineAndCharacterOfPosition(start).line;
