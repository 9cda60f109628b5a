export type Step = "people" | "messages"

export interface Progress {
  (step: Step, done: number, of: number): void
  end(): void
}

const WIDTH = 28
const words: Record<Step, string> = { people: "people move in", messages: "messages are written" }
const figure = (n: number) => n.toLocaleString("en")

/** One line that fills up on a terminal, a line now and then elsewhere, one object a line for programs. */
export const createProgress = (
  { json, tty }: { json: boolean; tty: boolean },
  print: (text: string) => void = (text) => void process.stdout.write(text),
): Progress => {
  let shown = ""
  let open = false
  const progress = (step: Step, done: number, of: number) => {
    const part = of === 0 ? 1 : done / of
    const percent = Math.floor(part * 100)
    // On paper a line for each tenth, on a terminal for each hundredth.
    const key = `${step} ${tty && !json ? percent : Math.floor(percent / 10)}`
    if (key === shown) return
    shown = key
    if (json) return print(`${JSON.stringify({ event: "filling", step, done, of })}\n`)
    const told = `${figure(done)} of ${figure(of)} ${words[step]}`
    if (!tty) return print(`  ${percent} %: ${told}\n`)
    const full = Math.round(part * WIDTH)
    open = true
    print(`\r  ${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${String(percent).padStart(3)} %  ${told} …\x1b[K`)
  }
  return Object.assign(progress, {
    end: () => {
      if (open) print("\r\x1b[K")
      open = false
    },
  })
}
