// A disk as far as it is known after a power loss: what a completed sync covered is there, of the rest each sector may be as it was
// at any moment since. What a failed sync was to cover no later one does: the kernel may have taken it for written. Names of a
// directory come and go in their order, and are there for sure once the directory was synced; so is its own name in its parent.
import { dirname } from 'node:path';

const SECTOR = 512;

class File {
  durable = Buffer.alloc(0);
  /** Writes and truncations since the last sync. */
  pending = [];

  sync() {
    this.durable = applied(this.durable, this.pending, () => Infinity);
    this.pending = [];
  }

  /** Nothing of what is pending will be there after the power loss: the worst that may become of it. */
  failToSync() {
    this.pending = [];
  }
}

const sectorsOf = ({ offset, data }) => {
  const first = Math.floor(offset / SECTOR);
  return Array.from({ length: Math.ceil((offset + data.length) / SECTOR) - first }, (_, index) => first + index);
};

/** The content after these operations; `versionOf(sector)` is how many of the writes to it have reached the disk. */
function applied(content, operations, versionOf) {
  const end = operations.reduce(
    (most, { offset = 0, data }) => Math.max(most, offset + (data?.length ?? 0)),
    content.length,
  );
  const image = Buffer.alloc(end);
  content.copy(image);
  let length = content.length;
  const seen = new Map();
  for (const operation of operations) {
    if (operation.kind === 'truncate') {
      if (versionOf('length') === 0) continue;
      length = operation.length;
      image.fill(0, Math.min(length, end));
      continue;
    }
    for (const sector of sectorsOf(operation)) {
      const version = seen.get(sector) ?? 0;
      seen.set(sector, version + 1);
      if (version < versionOf(sector)) length = Math.max(length, copySector(operation, sector, image));
    }
  }
  return image.subarray(0, length);
}

/** Copies what a write has of a sector; answers where that ends. */
function copySector({ offset, data }, sector, image) {
  const from = Math.max(sector * SECTOR, offset);
  const to = Math.min((sector + 1) * SECTOR, offset + data.length);
  data.copy(image, from, from - offset, to - offset);
  return to;
}

/** What of the unsynced the power loss leaves, by sector: a function of how often it was written. */
const LEFT = {
  nothing: () => () => 0,
  everything: () => () => Infinity,
  /** As in a crash in the middle of writing back in order: up to a sector. */
  torn: (random, file) => {
    const sectors = file.pending.filter(({ kind }) => kind === 'write').flatMap(sectorsOf);
    const counts = new Map();
    for (const sector of sectors.slice(0, random.below(sectors.length + 1)))
      counts.set(sector, (counts.get(sector) ?? 0) + 1);
    return (sector) => counts.get(sector) ?? 0;
  },
  scattered: (random) => {
    const chosen = new Map();
    return (sector) => {
      if (!chosen.has(sector)) chosen.set(sector, random.of([0, 1, 2, Infinity]));
      return chosen.get(sector);
    };
  },
};

export const WAYS = Object.keys(LEFT);

export class Disk {
  #names = new Map();
  #durableNames = new Map();
  /** Creations and deletions since the directory was synced. */
  #pendingNames = [];
  /** Where the directory of the files was made, and its name is not safe yet. */
  #unsyncedParent = null;

  apply(operation) {
    const { kind, path } = operation;
    const file = this.#names.get(path);
    if (kind === 'create' && file === undefined) this.#name(path, new File());
    else if (kind === 'unlink') this.#name(path, undefined);
    else if (kind === 'write' || kind === 'truncate') file.pending.push(operation);
    else if (kind === 'make') this.#unsyncedParent = dirname(path);
    else if (kind === 'sync') this.#sync(path, file);
    else if (kind === 'failed' && operation.call.endsWith('sync')) file?.failToSync();
  }

  #name(path, file) {
    this.#pendingNames.push({ path, file });
    set(this.#names, path, file);
  }

  #sync(path, file) {
    if (file !== undefined) return file.sync();
    if (path === this.#unsyncedParent) return void (this.#unsyncedParent = null);
    // Of the directory that the files are in.
    if ([...this.#names.keys()].some((name) => dirname(name) !== path)) throw new Error(`${path} was synced`);
    this.#durableNames = new Map(this.#names);
    this.#pendingNames = [];
  }

  /** Path → content, as one of the `WAYS` leaves it. */
  lose(way, random) {
    if (this.#unsyncedParent !== null && (way === 'nothing' || (way !== 'everything' && random.chance(0.5))))
      return new Map();
    const names = new Map(this.#durableNames);
    const some = { nothing: 0, everything: this.#pendingNames.length };
    const kept = some[way] ?? random.below(this.#pendingNames.length + 1);
    for (const { path, file } of this.#pendingNames.slice(0, kept)) set(names, path, file);
    return new Map(
      [...names].map(([path, file]) => [path, applied(file.durable, file.pending, LEFT[way](random, file))]),
    );
  }
}

function set(names, path, file) {
  if (file === undefined) names.delete(path);
  else names.set(path, file);
}
