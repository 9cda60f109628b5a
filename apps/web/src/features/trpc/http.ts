/** One call as the HTTP API knows it: a path, whether it changes something, an input. */
export interface Call {
  path: string
  changes: boolean
  input: unknown
}

/** An answer that says what failed. `data` is what the API told of it. */
export class CallError extends Error {
  readonly data: unknown
  constructor(message: string, data: unknown) {
    super(message)
    this.name = "CallError"
    this.data = data
  }
}

interface Waiting extends Call {
  resolve(data: unknown): void
  reject(error: unknown): void
}

const MAX_ITEMS = 10
const MAX_URL = 4000

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null

const inputsOf = (calls: readonly Call[]): string =>
  JSON.stringify(Object.fromEntries(calls.flatMap(({ input }, i) => (input === undefined ? [] : [[i, input]]))))

const urlOf = (base: string, calls: readonly Call[]): string =>
  `${base}/${calls.map((c) => c.path).join(",")}?batch=1${
    calls[0]?.changes ? "" : `&input=${encodeURIComponent(inputsOf(calls))}`
  }`

/** Where a query is asked for, when it is the only one of its turn. */
export const addressOf = (base: string, path: string, input?: unknown): string =>
  urlOf(base, [{ path, changes: false, input }])

/** As many as fit into one request, in their order; one alone always goes. */
const batches = <C extends Call>(base: string, calls: readonly C[]): C[][] => {
  const out: C[][] = []
  for (const call of calls) {
    const last = out.at(-1)
    if (last && last.length < MAX_ITEMS && urlOf(base, [...last, call]).length <= MAX_URL) last.push(call)
    else out.push([call])
  }
  return out
}

/**
 * tRPC's HTTP protocol, as much of it as the app speaks: what is asked in one turn goes out together, queries by GET and
 * mutations by POST. tRPC's own client does the same and weighs six times as much, on every page.
 */
export const createCaller = (base: string, ask: typeof fetch) => {
  let waiting: Waiting[] = []

  const send = async (calls: Waiting[]): Promise<void> => {
    const [first] = calls
    try {
      const response = await ask(urlOf(base, calls), {
        method: first?.changes ? "POST" : "GET",
        ...(first?.changes && { headers: { "content-type": "application/json" }, body: inputsOf(calls) }),
      })
      const body: unknown = await response.json()
      const answers = Array.isArray(body) ? body : calls.map(() => body)
      for (const [i, { resolve, reject }] of calls.entries()) {
        const answer: unknown = answers[i]
        if (isRecord(answer) && isRecord(answer["result"])) resolve(answer["result"]["data"])
        else if (isRecord(answer) && isRecord(answer["error"]))
          reject(new CallError(String(answer["error"]["message"]), answer["error"]["data"]))
        else reject(new CallError("The answer cannot be read.", undefined))
      }
    } catch (error) {
      for (const { reject } of calls)
        reject(error instanceof CallError ? error : new CallError(String(error), undefined))
    }
  }

  const flush = () => {
    const all = waiting
    waiting = []
    for (const changes of [false, true])
      for (const batch of batches(
        base,
        all.filter((c) => c.changes === changes),
      ))
        void send(batch)
  }

  return (path: string, changes: boolean, input: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (waiting.push({ path, changes, input, resolve, reject }) === 1) setTimeout(flush, 0)
    })
}

type Caller = ReturnType<typeof createCaller>

/** `client.guild.update.mutate(input)`: names become the path, the last says how. */
export const createClient = <C>(call: Caller): C => {
  const at = (path: readonly string[]): unknown =>
    new Proxy(() => {}, {
      get: (_, name) => (typeof name === "string" && name !== "then" ? at([...path, name]) : undefined),
      apply: (_, __, [input]: unknown[]) => call(path.slice(0, -1).join("."), path.at(-1) === "mutate", input),
    })
  return at([]) as C
}
