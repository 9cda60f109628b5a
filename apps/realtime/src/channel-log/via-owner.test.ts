import { AppError } from "@hearth/core"
import { Contended } from "@hearth/db/message-store"
import { expect, test, vi } from "vitest"
import { ForwardFailed } from "../internal-commands.ts"
import type { Forward } from "../ports.ts"
import { createViaOwner } from "./via-owner.ts"

const away = () => new AppError("UNAVAILABLE", "Messages are out of reach.", { retryAfterMs: 500 })

/** What the owner and this node do with one command, and who is suspected then. */
const tried = async (owner: () => string, here: () => string) => {
  const suspects: string[] = []
  let done = 0
  const node = { id: "owner", epoch: "1", address: "http://owner" }
  const owners = { ownerOf: () => node, suspect: (id: string) => void suspects.push(id), onChange: () => () => {} }
  const forward = (async () => owner()) as Forward
  const via = createViaOwner({ owners, forward })
  const result = await via("1", { kind: "append", body: {} }, async () => {
    done++
    return here()
  }).catch((error: unknown) => error)
  return { result, suspects, here: done }
}
const fail = (error: Error) => () => {
  throw error
}

test("what the owner says is the answer, also when it says no", async () => {
  expect(await tried(() => "there", fail(away()))).toEqual({ result: "there", suspects: [], here: 0 })
  const no = new AppError("CONFLICT", "No.")
  expect(await tried(fail(no), () => "here")).toEqual({ result: no, suspects: [], here: 0 })
})

test("an owner that does not answer is suspected, and it is done here", async () => {
  const silent = fail(new ForwardFailed("late"))
  expect(await tried(silent, () => "here")).toEqual({ result: "here", suspects: ["owner"], here: 1 })
  expect((await tried(silent, fail(away()))).suspects).toEqual(["owner"])
})

test("an owner whose store is away is suspected when this node's is not", async () => {
  expect(await tried(fail(away()), () => "here")).toEqual({ result: "here", suspects: ["owner"], here: 1 })
})

test("a store that is away from both is nobody's fault: the owner writes alone when it is back", async () => {
  const error = away()
  expect(await tried(fail(away()), fail(error))).toEqual({ result: error, suspects: [], here: 1 })
})

test("an owner that others crowd out gets no further writer beside it", async () => {
  const crowded = new Contended()
  expect(await tried(fail(crowded), () => "here")).toEqual({ result: crowded, suspects: [], here: 0 })
})

test("whoever asks has an answer in time, however long the owner and this node take after each other", async () => {
  vi.useFakeTimers()
  try {
    const node = { id: "owner", epoch: "1", address: "http://owner" }
    const suspect = vi.fn()
    const owners = { ownerOf: () => node, suspect, onChange: () => () => {} }
    const after = <T>(ms: number, settle: () => T) =>
      new Promise<T>((resolve, reject) => {
        setTimeout(() => {
          try {
            resolve(settle())
          } catch (error) {
            reject(error)
          }
        }, ms)
      })
    const forward = (() => after(1000, fail(away()))) as Forward
    const via = createViaOwner({ owners, forward, answerMs: 1200 })
    const asked = via("1", { kind: "append", body: {} }, () => after(900, () => "here"))
    const refused = expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterMs: expect.any(Number) })
    await vi.advanceTimersByTimeAsync(1200)
    await refused
    expect(suspect).not.toHaveBeenCalled()
    // What is under way is not forgotten: this node's store is well, so the next goes past the owner.
    await vi.advanceTimersByTimeAsync(700)
    expect(suspect).toHaveBeenCalledWith("owner")
  } finally {
    vi.useRealTimers()
  }
})
