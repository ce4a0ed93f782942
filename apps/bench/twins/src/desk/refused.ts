/** A call that is refused, with the status that it is answered with. */
export class Refused extends Error {
  readonly status: 401 | 403 | 404 | 409;

  constructor(status: Refused["status"], message: string) {
    super(message);
    this.status = status;
  }
}
