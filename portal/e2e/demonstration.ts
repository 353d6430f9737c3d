/* The demonstration as its host tells it, and what may be asked of the host. */

/** Where the demonstration stands. */
export interface Demonstration {
  readonly run: string
  readonly height: number
  readonly ids: Readonly<
    Record<'plan' | 'contribution' | 'earlier' | 'valuation' | 'account', string | null>
  >
  readonly scenes: readonly {
    readonly id: string
    readonly account: string
    readonly status: 'done' | 'now' | 'later'
    readonly path: string
    readonly txId?: string
  }[]
}

/** Asks the host. */
export async function demonstrationOf(url: string): Promise<Demonstration> {
  const response = await fetch(`${url}/api/v1/demonstration`)
  return (await response.json()) as Demonstration
}

async function command(url: string, name: string, body: object): Promise<unknown> {
  const response = await fetch(`${url}/api/v1/demonstration/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** Brings the demonstration to the end of a scene; what is done already stays as it is. */
export async function standInThrough(url: string, scene: string): Promise<void> {
  await command(url, 'stand-in', { scene, through: true })
}

/** Moves the clock to the moment of the scene that is next. */
export async function advance(url: string): Promise<void> {
  await command(url, 'advance', {})
}

/** Has the bank book the orders that lie there; `short`: less arrives than was ordered. */
export async function bankBooks(url: string, how: 'settle' | 'short' = 'settle'): Promise<void> {
  await command(url, 'bank', { do: how })
}

/** Begins the demonstration anew and waits until it is. */
export async function startOver(url: string): Promise<void> {
  const { run } = await demonstrationOf(url)
  await command(url, 'start-over', {})
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const now = await demonstrationOf(url).catch(() => null)
    if (now !== null && now.run !== run) return
  }
}

/** The workbook of the visitor's month. */
export async function payroll(url: string, faulty = 0): Promise<Buffer> {
  const asked = faulty === 0 ? '' : `?faulty=${faulty}`
  const response = await fetch(`${url}/api/v1/demonstration/payroll.xlsx${asked}`)
  return Buffer.from(await response.arrayBuffer())
}
