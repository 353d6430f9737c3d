/* What a page may ask of the demonstration. */
import type { Json, JsonObject } from '@renshe/crypto'
import { API_BASE, type ApiRoute, type Call, ProblemThrown, type Reply } from '@renshe/node'
import { Type } from 'typebox'
import { PARTS } from '../annuity/consortium.ts'
import { ACCOUNTS, PLAN } from '../annuity/set-up-plan.ts'
import { BankSilent } from './bank-counter.ts'
import { type Demonstration, DemonstrationBusy } from './demonstration.ts'
import { payrollWorkbook } from './payroll-workbook.ts'
import { SceneNotNow } from './play-scene.ts'
import { sandboxOf } from './sandbox.ts'
import { memberOf, type Scene, SERVICES, viewOf } from './scene.ts'
import { SCENES } from './scenes.ts'
import { stateOf } from './state.ts'

/** What the routes speak to: the demonstration of the moment, and starting over. */
export interface DemonstrationDesk {
  readonly demonstration: Demonstration
  /** Ends this run and begins another, after the answer was sent. */
  readonly startOver: () => void
  /** UTC ms of a real clock. */
  readonly now: () => number
}

/** Most calls that change something, in a minute. */
const MOST_CALLS = 120
const MINUTE_MS = 60_000

const AnyObject = Type.Object({}, { additionalProperties: true })
const SceneId = Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' })
const UNHEARD_OF = 8_640_000_000_000_000

/** The routes of a demonstration. */
export function demonstrationRoutes(desk: DemonstrationDesk): readonly ApiRoute[] {
  return [...readingRoutes(desk), ...actingRoutes(desk)]
}

// budget: a list of declarations, one after the other.
function readingRoutes({ demonstration }: DemonstrationDesk): ApiRoute[] {
  return [
    {
      ...route(
        'GET',
        '',
        'getDemonstration',
        'Tells where the demonstration stands: people, scenes, clock.',
      ),
      replies: { 200: AnyObject },
      run: () => ok(stateOf(demonstration)),
    },
    {
      ...route(
        'GET',
        '/sandbox',
        'getSandbox',
        'Gives the worthless system keys of the members, for integrators who try their programs.',
      ),
      replies: { 200: AnyObject },
      run: async () => ok(await sandboxOf(demonstration.host)),
    },
    {
      ...route(
        'GET',
        '/scenes/{scene}',
        'getScene',
        'Tells what the form of a scene may be filled with.',
      ),
      access: 'session',
      mayRead: ({ session, params }) => session?.member.id === memberOfScene(params.scene),
      params: Type.Object({ scene: SceneId }),
      replies: { 200: AnyObject },
      run: ({ params }) => ok(prefillOf(demonstration, sceneOf(params.scene ?? ''))),
    },
    {
      ...route(
        'GET',
        '/bank',
        'listWaitingOrders',
        'Lists the orders that lie at the bank, to the bank.',
      ),
      access: 'session',
      mayRead: ({ session }) => session?.member.id === PARTS.bank,
      replies: { 200: AnyObject },
      run: () => ok({ orders: demonstration.orders().map(orderShown) }),
    },
    {
      ...route(
        'GET',
        '/payroll.xlsx',
        'getSamplePayroll',
        'Gives the payroll of the month as a workbook.',
      ),
      query: Type.Object(
        { faulty: Type.Optional(Type.Literal('3')) },
        { additionalProperties: false },
      ),
      replies: { 200: XLSX },
      run: async ({ query }) => {
        const bytes = await payrollWorkbook(demonstration.world.rows(), query.faulty !== undefined)
        return { status: 200, bytes, name: 'payroll.xlsx' }
      },
    },
  ]
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function actingRoutes(desk: DemonstrationDesk): ApiRoute[] {
  const { demonstration } = desk
  const calls: number[] = []
  const acting = (run: (call: Call) => Promise<Reply>) => async (call: Call) => {
    requireOwnPage(call)
    requireRate(calls, desk.now())
    return told(() => run(call))
  }
  const clock = (): Json => stateOf(demonstration).clock ?? null
  return [
    {
      ...route('POST', '/advance', 'advanceClock', 'Moves the scripted clock, never back.'),
      body: object({ to: Type.Optional(Type.Integer({ minimum: 0, maximum: UNHEARD_OF })) }),
      replies: { 200: AnyObject },
      run: acting(async ({ body }) => {
        await demonstration.advance(typeof body.to === 'number' ? latestOf(desk, body.to) : null)
        return ok({ clock: clock() })
      }),
    },
    {
      ...route('POST', '/bank', 'bookOrders', 'Has the bank book what waits, in full or short.'),
      body: object({ do: Type.Union([Type.Literal('settle'), Type.Literal('short')]) }),
      replies: { 200: AnyObject },
      run: acting(async ({ body }) => {
        const booked = await demonstration.book(body.do === 'short')
        if (booked === 0) throw new ProblemThrown('ORDER_NOT_WAITING')
        return ok({ booked, clock: clock() })
      }),
    },
    {
      ...route(
        'POST',
        '/stand-in',
        'standIn',
        'Has the officers of a party do their act of a scene.',
      ),
      body: object({ scene: SceneId, through: Type.Optional(Type.Boolean()) }),
      replies: { 200: AnyObject },
      run: acting(async ({ body }) => {
        const scene = sceneOf(String(body.scene))
        const done = await demonstration.standIn(scene, body.through === true)
        return ok({ done, clock: clock() })
      }),
    },
    {
      ...route('POST', '/start-over', 'startOver', 'Begins again as it was founded; sessions end.'),
      body: object({}),
      replies: { 202: AnyObject },
      run: acting(async () => {
        desk.startOver()
        return { status: 202, json: { run: demonstration.run } }
      }),
    },
  ]
}

function route(
  method: 'GET' | 'POST',
  path: string,
  operationId: string,
  summary: string,
): Pick<ApiRoute, 'method' | 'path' | 'operationId' | 'summary' | 'access' | 'mayRead'> {
  const whole = `${API_BASE}/demonstration${path}`
  return { method, path: whole, operationId, summary, access: 'public', mayRead: () => true }
}

function object(properties: Parameters<typeof Type.Object>[0]) {
  return Type.Object(properties, { additionalProperties: false })
}

function ok(json: JsonObject): Reply {
  return { status: 200, json }
}

function sceneOf(id: string): Scene {
  const scene = SCENES.find((one) => one.id === id)
  if (scene === undefined) throw new ProblemThrown('NOT_FOUND')
  return scene
}

function memberOfScene(id: string | undefined): string | undefined {
  const scene = SCENES.find((one) => one.id === id)
  return scene === undefined ? undefined : memberOf(scene)
}

/** What a scene's form is filled with; nothing of it is sealed. */
function prefillOf({ world }: Demonstration, scene: Scene): JsonObject {
  const { id, step } = scene
  const input = (scene.input?.(world) ?? {}) as JsonObject
  if (scene.call !== undefined) {
    // What an act needs beside its input, for example who a letter names.
    return { scene: id, step, beside: input, ...scene.call(world, viewOf(world)) }
  }
  return { scene: id, service: SERVICES[scene.of], step, input }
}

/** The bank knows its own accounts. */
function orderShown(order: ReturnType<Demonstration['orders']>[number]): JsonObject {
  const { id, reference, amount, from, to } = order
  const account = (key: string): JsonObject => {
    const known = key === `${PLAN}/PAYER` ? ACCOUNTS.payer : ACCOUNTS.custody
    return { name: known.accountName, account: known.accountNo }
  }
  return { id, reference, amount, payer: account(from), payee: account(to) }
}

/** A page may walk some weeks ahead at once, not to the end of time. */
function latestOf({ demonstration }: DemonstrationDesk, to: number): number {
  const latest = demonstration.host.clock.now() + MOST_AHEAD_MS
  if (to > latest) {
    throw new ProblemThrown('INPUT_INVALID', { path: '/to', expected: `at most ${latest}` })
  }
  return to
}

const MOST_AHEAD_MS = 40 * 86_400_000

/** Only pages that this machine serves to itself: another site's page must not play with it. */
function requireOwnPage({ headers }: Call): void {
  const { origin, host = '' } = headers
  const site = headers['sec-fetch-site']
  const isOwn =
    origin === `http://${host}` &&
    LOOPBACK.test(host) &&
    (site === undefined || site === 'same-origin')
  if (!isOwn) throw new ProblemThrown('ORIGIN_REFUSED')
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?$/

function requireRate(calls: number[], now: number): void {
  while (calls[0] !== undefined && now - calls[0] >= MINUTE_MS) calls.shift()
  if (calls.length >= MOST_CALLS) throw new ProblemThrown('TOO_MANY')
  calls.push(now)
}

/** Refusals of the demonstration as problem documents. */
async function told(run: () => Promise<Reply>): Promise<Reply> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof DemonstrationBusy) throw new ProblemThrown('ENGINE_BUSY')
    if (error instanceof BankSilent) throw new ProblemThrown('UNAVAILABLE', { waitsFor: 'bank' })
    if (error instanceof SceneNotNow) {
      const { scene, needs } = error
      if (needs === null) throw new ProblemThrown('SCENE_DONE', { scene })
      throw new ProblemThrown('SCENE_TOO_EARLY', { scene, needs })
    }
    throw error
  }
}
