/** A failure of the start that is told in one sentence, without a stack. */
export class StartError extends Error {}

/** What the supervisor tells: prose for people, or one JSON object a line for programs. */
export interface Say {
  (text: string): void
  event(event: string, fields?: Record<string, unknown>): void
}

export const createSay = (json: boolean): Say => {
  const say = (text: string) => {
    if (!json) process.stdout.write(`${text}\n`)
    else process.stderr.write(`${text}\n`)
  }
  return Object.assign(say, {
    event: (event: string, fields: Record<string, unknown> = {}) => {
      if (json) process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`)
    },
  })
}

/** Says how long a step took when it is done. */
export const step = async <T>(say: Say, what: string, work: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  const result = await work()
  say(`  ${what.padEnd(12)} ready in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return result
}
