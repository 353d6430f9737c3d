/* The part of `pg` that the bench uses; the package brings no types of its own. */
declare module 'pg' {
  /** The wire protocol below a client. */
  export interface Connection {
    query(text: string): void
    sendCopyFromChunk(chunk: Uint8Array): void
    endCopyFrom(): void
    sendCopyFail(message: string): void
    readonly stream: NodeJS.WritableStream & { readonly writableLength: number }
  }

  /** What a client runs in its turn, told of every answer of the server. */
  export interface Submittable {
    submit(connection: Connection): void
    handleCopyInResponse(connection: Connection): void
    handleCommandComplete(message: { readonly text: string }): void
    handleReadyForQuery(connection: Connection): void
    handleError(error: Error, connection: Connection): void
  }

  export class Client {
    constructor(settings: { host: string; user: string; database: string })
    connect(): Promise<void>
    query(text: string): Promise<{ readonly rows: readonly Record<string, unknown>[] }>
    query<Own extends Submittable>(own: Own): Own
    end(): Promise<void>
  }
}
