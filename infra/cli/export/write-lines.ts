import type { Position } from '../../shared/position.js';
import { showingPositions, type EventText } from '../../event-store/index.js';
import { pastEvents } from '../../../read-api/events/event-feed.js';
import type { EventView } from '../../../read-api/events/event-view.js';
import type { ExportDirectory } from './export-directory.js';
import { GrowingFiles } from './growing-files.js';

/** How events become text, and which file each is in. */
export interface LineFormat {
  /** The first line of a file; empty for none. */
  readonly head: string;
  /** @param line of the feed */
  readonly lineOf: (line: string) => string;
  readonly fileOf: (event: Pick<EventText, 'type' | 'at'>) => string;
}

export interface LinesToWrite {
  readonly view: EventView;
  /** Exclusive; null is the beginning. */
  readonly after: Position | null;
  /** Inclusive. */
  readonly upTo: Position;
  readonly format: LineFormat;
  /** Characters after which what was read is written and the manifest says so; default 8 Mi. */
  readonly writeAfter?: number;
  /** Called for each page of the log that was read, with the position up to which that is. */
  readonly onRead: (position: Position) => void;
}

const WRITE_AFTER = 8 * 1024 * 1024;

/** Adds the events of a part of the log to the files of an export, so that a run that is cut off goes on at its last manifest. */
export async function writeLines(
  directory: ExportDirectory,
  { view, after, upTo, format, writeAfter = WRITE_AFTER, onRead }: LinesToWrite,
): Promise<void> {
  const shown = showingPositions(view.log.logId);
  const files = new GrowingFiles(directory.path, directory.manifest.files, format.head);
  let last: string | null = null;
  for await (const page of pastEvents(view.log, { from: after }, upTo)) {
    for (const event of page) {
      const toShow = shown(event);
      files.add(format.fileOf(event), format.lineOf(view.lineOf(toShow)));
      last = toShow.position;
    }
    const end = page.at(-1);
    if (end !== undefined) onRead(end.position);
    if (last !== null && files.waiting >= writeAfter) directory.record(files.write(), last);
  }
  if (last !== null && files.waiting > 0) directory.record(files.write(), last);
}
