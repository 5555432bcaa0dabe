import { join } from 'node:path';
import { temporaryDirectories } from '../event-store/test-support/index.js';
import { StoreRefusedError } from '../shared/store-errors.js';
import { syncDirectory } from './sync-directory.js';

const newDirectory = temporaryDirectories();

describe('syncing a directory', () => {
  it('is done where the disk is well', () => {
    expect(() => syncDirectory(newDirectory())).not.toThrow();
  });

  it('refuses a directory of which the disk does not say that it is safe', () => {
    expect(() => syncDirectory(join(newDirectory(), 'missing'))).toThrow(StoreRefusedError);
  });
});
