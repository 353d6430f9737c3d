/*
 * The payroll as a table of PostgreSQL: the same checks of columns and the same two rules of rows as the
 * package's, one row for each person in a batch, and an audit trail as it is usually made, a hash chain in a
 * trigger for each row. COPY from Node is the fastest way in that PostgreSQL has.
 */
import { createReadStream } from 'node:fs'
import { cpuUsage } from 'node:process'
import type { Client, Connection, Submittable } from 'pg'
import type { PostgresCluster } from './postgres-cluster.ts'

/** Weights of GB 11643 for the 17 digits in front of the check character. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const WEIGHTED = WEIGHTS.map((weight, at) => `(ascii(substr(id, ${at + 1})) - 48) * ${weight}`)
const COLUMNS = 'member_id, name, wage_base, employer, employee, taxed, joined_on, change'
const CODES = ['NONE', 'JOINED', 'LEFT', 'UNPAID_LEAVE', 'RETIRED', 'TRANSFERRED']

const SCHEMA = `
CREATE FUNCTION check_character(id text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT substr('10X98765432', 1 + (${WEIGHTED.join(' + ')}) % 11, 1)
$$;
CREATE TABLE payroll (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  batch integer NOT NULL,
  member_id text NOT NULL CHECK (
    member_id ~ '^[0-9]{17}[0-9X]$'
    AND substr(member_id, 18) = check_character(member_id)
    AND substr(member_id, 7, 8)::date IS NOT NULL),
  name text NOT NULL CHECK (length(name) <= 200),
  wage_base numeric(17, 2) NOT NULL CHECK (wage_base >= 0),
  employer numeric(17, 2) NOT NULL CHECK (employer >= 0),
  employee numeric(17, 2) NOT NULL CHECK (employee >= 0),
  taxed numeric(17, 2) NOT NULL CHECK (taxed >= 0),
  joined_on date NOT NULL,
  change text NOT NULL CHECK (change IN (${CODES.map((code) => `'${code}'`).join(', ')})),
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  UNIQUE (batch, member_id),
  CHECK (taxed <= employee)
);
CREATE FUNCTION chain_payroll() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head bytea;
BEGIN
  SELECT hash INTO head FROM payroll ORDER BY seq DESC LIMIT 1;
  NEW.previous := coalesce(head, '');
  NEW.hash := sha256(NEW.previous || convert_to(ROW(NEW.batch, NEW.member_id, NEW.name, NEW.wage_base,
    NEW.employer, NEW.employee, NEW.taxed, NEW.joined_on, NEW.change)::text, 'UTF8'));
  RETURN NEW;
END
$$;
CREATE TRIGGER chain BEFORE INSERT ON payroll FOR EACH ROW EXECUTE FUNCTION chain_payroll();
`

/** How a batch went. */
export interface PostgresRound {
  readonly seconds: number
  /** Of the server process and of the client. */
  readonly processorSeconds: number
}

/** The table, over one connection. */
export class PostgresPayroll {
  readonly #cluster: PostgresCluster
  readonly #client: Client
  readonly #pid: number
  #batch = 0

  private constructor(cluster: PostgresCluster, client: Client, pid: number) {
    this.#cluster = cluster
    this.#client = client
    this.#pid = pid
  }

  static async create(cluster: PostgresCluster): Promise<PostgresPayroll> {
    const client = await cluster.connect()
    await client.query(SCHEMA)
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
    return new PostgresPayroll(cluster, client, Number(rows[0]?.pid))
  }

  /** Copies a CSV file in as one transaction: committed and on disk when this resolves. */
  async insert(path: string, rows: number): Promise<PostgresRound> {
    this.#batch += 1
    await this.#client.query(`ALTER TABLE payroll ALTER batch SET DEFAULT ${this.#batch}`)
    const server = this.#cluster.processorSeconds(this.#pid)
    const [begin, before] = [performance.now(), cpuUsage()]
    const copied = await copyFrom(this.#client, path)
    const seconds = (performance.now() - begin) / 1000
    const { user, system } = cpuUsage(before)
    if (copied !== `COPY ${rows}`) throw new Error(`PostgreSQL says ${copied}, not ${rows} rows`)
    const spent = this.#cluster.processorSeconds(this.#pid) - server
    return { seconds, processorSeconds: spent + (user + system) / 1e6 }
  }

  /** That every row hangs on the one before, computed by a query: what is compared must be right. */
  async checkChain(): Promise<void> {
    const { rows } = await this.#client.query(`
      SELECT count(*) AS broken FROM (
        SELECT previous, lag(hash, 1, ''::bytea) OVER (ORDER BY seq) AS head FROM payroll) chained
      WHERE previous IS DISTINCT FROM head`)
    if (Number(rows[0]?.broken) !== 0) throw new Error('the chain of PostgreSQL is broken')
  }

  end(): Promise<void> {
    return this.#client.end()
  }
}

function copyFrom(client: Client, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    client.query(new CopyFile(path, resolve, reject))
  })
}

const MARK = Uint8Array.of(0xef, 0xbb, 0xbf)

/** COPY FROM STDIN over the connection of a client; a byte order mark is left out. */
class CopyFile implements Submittable {
  readonly #path: string
  readonly #resolve: (told: string) => void
  readonly #reject: (error: Error) => void
  #told = ''

  constructor(path: string, resolve: (told: string) => void, reject: (error: Error) => void) {
    this.#path = path
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    connection.query(`COPY payroll (${COLUMNS}) FROM STDIN (FORMAT csv, HEADER)`)
  }

  handleCopyInResponse(connection: Connection): void {
    this.#send(connection).catch((error: unknown) => connection.sendCopyFail(String(error)))
  }

  async #send(connection: Connection): Promise<void> {
    let isFirst = true
    for await (const piece of createReadStream(this.#path, { highWaterMark: 256 * 1024 })) {
      const chunk = piece as Buffer
      const hasMark = isFirst && chunk.subarray(0, MARK.length).equals(MARK)
      isFirst = false
      connection.sendCopyFromChunk(hasMark ? chunk.subarray(MARK.length) : chunk)
    }
    connection.endCopyFrom()
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#told = text
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#told)
  }

  handleError(error: Error): void {
    this.#reject(error)
  }
}
