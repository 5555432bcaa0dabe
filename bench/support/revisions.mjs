// Revisions of the engine to measure: the tree that the bench stands in, and others that are built aside.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SHORT = 12;

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** The tree that this file stands in, which `npm run bench` has built. */
export function ownRevision() {
  const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '-changed';
  return { root, revision: `${git('rev-parse', 'HEAD').slice(0, SHORT)}${changed}` };
}

/** Another revision, built in a directory for temporary files, where the next run finds it. */
export function builtRevision(name) {
  const commit = git('rev-parse', '--verify', `${name}^{commit}`);
  const revision = commit.slice(0, SHORT);
  const directory = join(tmpdir(), `cartwright-bench-${revision}`);
  const stamp = join(directory, '.built-for-bench');
  if (!existsSync(stamp)) {
    process.stderr.write(`building ${revision} in ${directory} …\n`);
    build(commit, directory);
    writeFileSync(stamp, '');
  }
  return { root: directory, revision };
}

function build(commit, directory) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  const archive = join(directory, 'tree.tar');
  git('archive', '--format=tar', `--output=${archive}`, commit);
  const run = (program, ...args) => execFileSync(program, args, { cwd: directory, stdio: ['ignore', 2, 2] });
  run('tar', '-xf', archive);
  rmSync(archive);
  const lock = (tree) => readFileSync(join(tree, 'package-lock.json'), 'utf8');
  if (lock(directory) === lock(root)) symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  else run('npm', 'ci', '--no-audit', '--no-fund');
  run('npm', 'run', '-s', 'build');
}
