import type { HeldProcess } from "@hearth/db/embedded"
import type { Folder } from "./folder.ts"

/** A server program of one's own, that a test may do anything to. All of it works again after `start`, at the same address. */
export interface Part {
  /** Of the program that runs now; 0 when none does. */
  pid(): number
  /** Resolves when the program that runs now ends, for whatever reason. */
  ended(): Promise<unknown>
  /** Starts it again after `stop` or `kill`, on the same port and data. Does nothing while it runs. */
  start(): Promise<void>
  stop(): Promise<void>
  /** SIGKILL. */
  kill(): Promise<void>
  /** Alive, with open sockets, and silent, until `resume`. */
  pause(): void
  resume(): void
  /** Stops it for good and deletes its data. */
  [Symbol.asyncDispose](): Promise<void>
}

/** What `part` needs of a running program. */
export type Running = Pick<HeldProcess, "pid" | "exited" | "stop" | "kill" | "pause" | "resume">

/** Makes a part of how to start a program. `first` runs already. */
export const part = (first: Running, boot: () => Promise<Running>, { keep, remove }: Folder): Part => {
  let running: Running | null = first
  const end = async (how: "stop" | "kill") => {
    const it = running
    running = null
    await it?.[how]()
  }
  return {
    pid: () => running?.pid ?? 0,
    ended: async () => running?.exited,
    start: async () => {
      running ??= await boot()
    },
    stop: () => end("stop"),
    kill: () => end("kill"),
    pause: () => running?.pause(),
    resume: () => running?.resume(),
    [Symbol.asyncDispose]: async () => {
      // What is deleted in a moment need not be put in order first.
      await end(keep ? "stop" : "kill")
      remove()
    },
  }
}
