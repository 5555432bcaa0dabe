import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { StoreRefusedError } from './store-errors.js';

const made: string[] = [];
function newDirectory(): string {
  const directory = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'cartwright-directories-')));
  made.push(directory);
  return directory;
}
afterAll(() => {
  for (const directory of made) fs.rmSync(directory, { recursive: true });
});

/** What was asked of the file system, in order. */
const calls: string[] = [];
/** Called before a directory is made. */
let meanwhile: (path: string) => void = () => undefined;
jest.unstable_mockModule('node:fs', () => ({
  ...fs,
  mkdirSync: (path: string, options: fs.MakeDirectoryOptions) => {
    meanwhile(path);
    calls.push(`make ${path}`);
    return fs.mkdirSync(path, options);
  },
  fsyncSync: (file: number) => {
    calls.push(`sync ${fs.readlinkSync(`/proc/self/fd/${file}`)}`);
    fs.fsyncSync(file);
  },
}));
const { makeDirectory, syncDirectory } = await import('./directories.js');

beforeEach(() => {
  calls.length = 0;
  meanwhile = () => undefined;
});

describe('making a directory', () => {
  it('syncs each that is made in its parent, before anything is put into it', () => {
    const there = newDirectory();
    const [shop, data] = [join(there, 'shop'), join(there, 'shop', 'data')];
    makeDirectory(data);
    expect(calls).toEqual([`make ${shop}`, `sync ${there}`, `make ${data}`, `sync ${shop}`]);
    expect([shop, data].map((path) => fs.statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  it('leaves one alone that is there', () => {
    makeDirectory(newDirectory());
    expect(calls).toEqual([]);
  });

  it('syncs one too that another process makes at the same moment, which may have to do so yet', () => {
    const there = newDirectory();
    meanwhile = (path) => fs.mkdirSync(path);
    makeDirectory(join(there, 'data'));
    expect(calls).toEqual([`make ${join(there, 'data')}`, `sync ${there}`]);
  });

  it('fails where a file is in its way', () => {
    const file = join(newDirectory(), 'file');
    fs.writeFileSync(file, '');
    expect(() => makeDirectory(file)).toThrow('EEXIST');
    expect(() => makeDirectory(join(file, 'data'))).toThrow();
  });
});

describe('syncing a directory', () => {
  it('is done where the disk is well', () => {
    expect(() => syncDirectory(newDirectory())).not.toThrow();
  });

  it('refuses a directory of which the disk does not say that it is safe', () => {
    expect(() => syncDirectory(join(newDirectory(), 'missing'))).toThrow(StoreRefusedError);
  });
});
