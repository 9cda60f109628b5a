/** How the supervisor speaks: sentences for people, or, with --json, one JSON object a line for programs. */
export interface Voice {
  progress(sentence: string): void
  event(event: { event: string; [field: string]: unknown }): void
  ready(ready: { url: string; setupCode: string; isSetUp: boolean; pids: Record<string, number> }): void
}

export const createVoice = (json: boolean): Voice => {
  const print = (line: string) => process.stdout.write(`${line}\n`)
  if (json) {
    return {
      progress: (sentence) => void process.stderr.write(`${sentence}\n`),
      event: (event) => void print(JSON.stringify(event)),
      ready: (ready) => void print(JSON.stringify({ event: "ready", ...ready })),
    }
  }
  return {
    progress: (sentence) => void print(`  ${sentence}`),
    event: () => {},
    ready: ({ url, setupCode, isSetUp }) => {
      if (isSetUp) {
        print(`\n  Hearth is ready: ${url}`)
        print(`  (setup code ${setupCode})\n`)
      } else {
        print(`\n  Hearth is ready. Set it up: ${url}/setup#code=${setupCode}`)
        print(`  (the link carries the setup code ${setupCode})\n`)
      }
    },
  }
}
