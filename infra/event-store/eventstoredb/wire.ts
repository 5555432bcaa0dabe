/** Kinds of fields on the wire. */
const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

const LOW_BITS = 0x7f;
const MORE = 0x80;
/** 7 bits a byte. */
const RADIX = 128;

/** Writes a message in Protobuf's wire format. */
export class WireWriter {
  #buffer: Buffer;
  #length = 0;

  /** @param size bytes that are made room for at first */
  constructor(size = 1_024) {
    this.#buffer = Buffer.allocUnsafe(size);
  }

  /** @param value a safe integer, 0 or greater */
  number(field: number, value: number): this {
    return this.#varint(field * 8 + VARINT).#varint(value);
  }

  /** @param value decimal digits of a number that need not be safe, as positions are */
  digits(field: number, value: string): this {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return this.number(field, number);
    this.#varint(field * 8 + VARINT).#makeRoom(10);
    let left = BigInt(value);
    for (; left >= BigInt(RADIX); left >>= 7n) this.#buffer[this.#length++] = Number(left & 0x7fn) | MORE;
    this.#buffer[this.#length++] = Number(left);
    return this;
  }

  text(field: number, value: string): this {
    const length = Buffer.byteLength(value);
    this.#varint(field * 8 + DELIMITED)
      .#varint(length)
      .#makeRoom(length);
    this.#length += this.#buffer.write(value, this.#length);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#varint(field * 8 + DELIMITED)
      .#varint(value.length)
      .#makeRoom(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  message(field: number, write: (writer: WireWriter) => unknown): this {
    this.#varint(field * 8 + DELIMITED);
    const start = this.#length;
    write(this);
    const length = this.#length - start;
    // Its length, which is known only now, stands before it.
    const size = sizeOf(length);
    this.#makeRoom(size);
    this.#buffer.copyWithin(start + size, start, this.#length);
    this.#length = start;
    this.#varint(length);
    this.#length += length;
    return this;
  }

  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #varint(value: number): this {
    this.#makeRoom(10);
    let left = value;
    for (; left >= RADIX; left = Math.floor(left / RADIX)) this.#buffer[this.#length++] = (left % RADIX) | MORE;
    this.#buffer[this.#length++] = left;
    return this;
  }

  #makeRoom(bytes: number): void {
    const least = this.#length + bytes;
    if (least <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(least, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

/** Bytes that the number takes. */
function sizeOf(value: number): number {
  let size = 1;
  for (let left = value; left >= RADIX; left = Math.floor(left / RADIX)) size += 1;
  return size;
}

/** Reads a message in Protobuf's wire format, field by field. */
export class WireReader {
  #at = 0;
  #kind = VARINT;
  field = 0;

  constructor(private readonly buffer: Uint8Array) {}

  /** Goes on to the next field, which is to be read or skipped; false at the end. */
  next(): boolean {
    if (this.#at >= this.buffer.length) return false;
    const key = this.#varint();
    this.field = Math.floor(key / 8);
    this.#kind = key % 8;
    return true;
  }

  /** Rounded where it is no safe integer. */
  number(): number {
    return this.#varint();
  }

  /** Decimal digits, also of what is no safe integer. */
  digits(): string {
    const start = this.#at;
    const value = this.#varint();
    if (Number.isSafeInteger(value)) return String(value);
    const bytes = this.buffer.subarray(start, this.#at);
    return String(bytes.reduceRight((exact, byte) => (exact << 7n) | BigInt(byte & LOW_BITS), 0n));
  }

  bytes(): Uint8Array {
    const length = this.#varint();
    this.#at += length;
    if (this.#at > this.buffer.length) throw new RangeError('the message is cut short');
    return this.buffer.subarray(this.#at - length, this.#at);
  }

  text(): string {
    const { buffer, byteOffset, length } = this.bytes();
    return Buffer.from(buffer, byteOffset, length).toString('utf8');
  }

  message(): WireReader {
    return new WireReader(this.bytes());
  }

  /** Goes on to the next field of this number, which is to be read or skipped; false where there is none. */
  find(field: number): boolean {
    for (; this.next(); this.skip()) if (this.field === field) return true;
    return false;
  }

  skip(): void {
    if (this.#kind === VARINT) this.#varint();
    else if (this.#kind === DELIMITED) this.bytes();
    else if (this.#kind === FIXED64) this.#at += 8;
    else if (this.#kind === FIXED32) this.#at += 4;
    else throw new RangeError(`field ${this.field} is of an unknown kind`);
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= RADIX) {
      const byte = this.#byte();
      value += (byte & LOW_BITS) * factor;
      if (byte < MORE) return value;
    }
  }

  #byte(): number {
    const byte = this.buffer[this.#at++];
    if (byte === undefined) throw new RangeError('the message is cut short');
    return byte;
  }
}
