import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { jest } from '@jest/globals';

/** What was asked of the file system, in order. */
const calls: string[] = [];
/** Called before a secret gets its name. */
let meanwhile: (path: string) => void = () => undefined;
jest.unstable_mockModule('node:fs', () => ({
  ...fs,
  writeFileSync: (path: string, text: string, options: fs.WriteFileOptions & { readonly flush?: boolean }) => {
    calls.push(`write ${options.flush === true ? 'and sync' : ''}`);
    fs.writeFileSync(path, text, options);
  },
  linkSync: (from: string, to: string) => {
    meanwhile(to);
    calls.push(`name ${basename(to)}`);
    fs.linkSync(from, to);
  },
  fsyncSync: (file: number) => {
    calls.push(`sync ${fs.readlinkSync(`/proc/self/fd/${file}`)}`);
    fs.fsyncSync(file);
  },
}));
const { secretFile } = await import('./secrets.js');

let directory: string;
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'cartwright-secrets-')));
  calls.length = 0;
  meanwhile = () => undefined;
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

describe('a secret of the installation', () => {
  it('is on the disk, whole and by its name, before anything is sealed with it', () => {
    const secret = secretFile(directory, 'server.secret');
    expect(calls).toEqual(['write and sync', 'name server.secret', `sync ${directory}`]);
    expect(secretFile(directory, 'server.secret')).toBe(secret);
    expect(calls).toHaveLength(3);
    expect(fs.readdirSync(directory)).toEqual(['server.secret']);
  });

  it('is that of the process that was faster where two make it at once', () => {
    const other = 'the secret of another process, long enough';
    meanwhile = (path) => fs.writeFileSync(path, other);
    expect(secretFile(directory, 'server.secret')).toBe(other);
    expect(calls.at(-1)).toBe(`sync ${directory}`);
    expect(fs.readdirSync(directory)).toEqual(['server.secret']);
  });
});
