import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { pin } from "./deployment.ts"

/** A process of clients. One task at a time; its answer, or its error. */
export class Clients {
  readonly #child: ChildProcess

  constructor(program: "driver" | "crowd" | "presence/crowd") {
    this.#child = fork(fileURLToPath(new URL(`./${program}.ts`, import.meta.url)), [], {
      execArgv: ["--max-semi-space-size=64"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    })
    if (this.#child.pid !== undefined) pin(1, this.#child.pid)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  protected async ask(task: object): Promise<unknown> {
    this.#child.send(task)
    const [answer] = (await once(this.#child, "message")) as [
      { ok: true; result: unknown } | { ok: false; error: string },
    ]
    if (!answer.ok) throw new Error(`the clients failed: ${answer.error}`)
    return answer.result
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#child, "exit")
    this.#child.disconnect()
    await gone
  }
}
