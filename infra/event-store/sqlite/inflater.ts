import { constants, createInflateRaw, inflateRawSync, type ZlibOptions } from 'node:zlib';

/** The parts of Node's zlib objects that are not documented: what `inflateRawSync` itself calls, on an object that it makes each time. */
interface Handle {
  onerror: () => void;
  writeSync(
    ...call: [flush: number, from: Buffer, at: number, length: number, to: Buffer, toAt: number, room: number]
  ): void;
}
interface Internals {
  readonly _handle?: Handle;
  /** Bytes that are left of the room for the output, and of the input. */
  readonly _writeState?: Readonly<Record<0 | 1, number>>;
  reset(): void;
}

/** Longer texts, in bytes, are left to `inflateRawSync`. */
const ROOM = 65_536;

/**
 * Inflates short data with one zlib object, which is set back each time: to make one for each takes twice as long as inflating
 * does, and the log is read by the hundred thousand events. What it does not do whole is done, or refused, by `inflateRawSync`,
 * and so is everything where a version of Node has other parts.
 */
export class Inflater {
  #inflate: Internals | null = null;
  #room = Buffer.alloc(0);
  #failed = false;

  constructor(private readonly options: ZlibOptions) {}

  /** @throws the error of `inflateRawSync` where the data are damaged */
  textOf(packed: Buffer): string {
    return this.#quickly(packed) ?? inflateRawSync(packed, this.options).toString();
  }

  #quickly(packed: Buffer): string | null {
    const { _handle: handle, _writeState: left, reset } = (this.#inflate ??= this.#open());
    if (handle?.writeSync === undefined || left === undefined) return null;
    this.#failed = false;
    reset.call(this.#inflate);
    handle.writeSync(constants.Z_FINISH, packed, 0, packed.length, this.#room, 0, ROOM);
    const isWhole = !this.#failed && left[0] > 0 && left[1] === 0;
    return isWhole ? this.#room.toString('utf8', 0, ROOM - left[0]) : null;
  }

  #open(): Internals {
    this.#room = Buffer.allocUnsafeSlow(ROOM);
    const inflate: Internals = createInflateRaw(this.options);
    // The stream's own handler would emit an error that nobody hears.
    if (inflate._handle !== undefined) inflate._handle.onerror = () => (this.#failed = true);
    return inflate;
  }
}
