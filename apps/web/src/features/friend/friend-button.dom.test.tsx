import type { Bootstrap, FriendState } from "@hearth/core"
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { FriendButton } from "./friend-button.tsx"

const held = vi.hoisted(() => ({
  snapshot: { me: { id: "1" } } as { me: { id: string }; friends?: string[] },
  state: "none" as FriendState["state"],
  asked: [] as unknown[],
  hear: new Map<string, () => void>(),
}))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("./use-answer.ts", () => ({ useAnswer: () => (work: Promise<unknown>) => work.then(() => true) }))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) => select(held.snapshot as unknown as Bootstrap),
  useGatewayEvent: (event: string, handler: () => void) => void held.hear.set(event, handler),
}))
vi.mock("../trpc/index.ts", () => ({
  toAppError: (error: unknown) => error,
  trpc: {
    friend: {
      state: { query: async () => ({ state: held.state }) },
      ask: {
        mutate: async (body: unknown) => {
          held.asked.push(body)
          held.state = "asked"
        },
      },
    },
  },
}))
afterEach(() => {
  cleanup()
  held.snapshot = { me: { id: "1" } }
  held.state = "none"
  held.asked = []
})

const show = (userId = "2") => render(<FriendButton userId={userId} name="Bob" />)

it("asks, and says then that it did", async () => {
  show()
  fireEvent.click(await screen.findByRole("button", { name: "addAsFriend" }))
  const done = await screen.findByRole("button", { name: "requested" })
  expect(held.asked).toEqual([{ userId: "2" }])
  expect(done).toHaveProperty("disabled", true)
})

it("accepts whom one was asked by, and offers nothing to friends, nor to oneself", async () => {
  held.state = "asking"
  const { unmount } = show()
  await screen.findByRole("button", { name: "acceptRequest" })
  unmount()
  held.snapshot = { me: { id: "1" }, friends: ["2"] }
  const { unmount: away } = show()
  expect(screen.getByText("friends")).toBeDefined()
  expect(screen.queryByRole("button")).toBeNull()
  away()
  const { container } = show("1")
  expect(container.textContent).toBe("")
})

it("follows what happens elsewhere", async () => {
  show()
  await screen.findByRole("button", { name: "addAsFriend" })
  held.state = "asking"
  act(() => held.hear.get("friend:asked")?.())
  await waitFor(() => expect(screen.getByRole("button", { name: "acceptRequest" })).toBeDefined())
})
