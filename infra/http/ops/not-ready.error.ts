/** What is not well, in words that anybody may read: no file, address or anything personal. */
export class NotReadyError extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'NotReadyError';
  }
}
