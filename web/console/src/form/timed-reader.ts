import { DraftReader } from './draft-reader.js';
import { instantOf } from './shop-times.js';

/** Reads times by the clock of the shop as well; apart from other readers, as clocks of other zones are a library of their own. */
export class TimedReader extends DraftReader {
  /** @param zone the time zone of the shop */
  constructor(private readonly zone: string) {
    super();
  }

  /** The time at which the shop's clock shows this, RFC 3339 UTC; undefined where nothing was typed. */
  time(path: string, wall: string): string | undefined {
    if (wall === '') return undefined;
    try {
      return instantOf(wall, this.zone);
    } catch {
      this.misfits.push({ path, message: 'has to be a time' });
      return undefined;
    }
  }
}
