import type { Presence } from "@hearth/core"
import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { FriendsHere } from "./friend-lists.tsx"

const users = ["Ada", "Bob", "Cleo"].map((displayName, i) => ({ id: String(i + 1), displayName }))
const held = vi.hoisted(() => ({ presences: [] as (Presence | undefined)[], items: [] as unknown[] }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../shell/complaint.tsx", () => ({ Complaint: () => null }))
vi.mock("../shell/use-list-keys.ts", () => ({ useListKeys: () => ({}) }))
vi.mock("./friend-row.tsx", () => ({
  FriendRow: ({ user }: { user: { displayName: string } }) => <li>{user.displayName}</li>,
}))
vi.mock("./use-friends.ts", () => ({
  useFriends: () => ({ items: held.items, error: null, hasMore: false, loading: false, more() {}, again() {} }),
  usePresences: () => held.presences,
}))
afterEach(cleanup)

it("shows who is here, however they are, and says that nobody is only once it is known", async () => {
  held.items = users
  held.presences = [undefined, undefined, undefined]
  const { rerender } = render(<FriendsHere onAdd={() => {}} />)
  expect(screen.getByRole("status", { name: "loading" })).toBeDefined()
  expect(screen.queryByText("nobodyHere")).toBeNull()
  held.presences = ["dnd", "offline", "idle"]
  await act(async () => rerender(<FriendsHere onAdd={() => {}} />))
  expect(screen.getAllByRole("listitem").map((row) => row.textContent)).toEqual(["Ada", "Cleo"])
  held.presences = ["offline", "offline", "offline"]
  await act(async () => rerender(<FriendsHere onAdd={() => {}} />))
  expect(screen.getByText("nobodyHere")).toBeDefined()
  // Of Bob nothing is known.
  for (const [said, unsaid, bob] of [
    ["hereUnknown", "nobodyHere", "unknown"],
    ["status", "nobodyHere", undefined],
  ] as const) {
    held.presences = ["offline", bob, "offline"]
    await act(async () => rerender(<FriendsHere onAdd={() => {}} />))
    expect(said === "status" ? screen.getByRole("status", { name: "loading" }) : screen.getByText(said)).toBeDefined()
    expect(screen.queryByText(unsaid)).toBeNull()
  }
  held.presences = ["offline", "unknown", "online"]
  await act(async () => rerender(<FriendsHere onAdd={() => {}} />))
  expect(screen.getAllByRole("listitem").map((row) => row.textContent)).toEqual(["Cleo"])
  held.items = []
  held.presences = []
  await act(async () => rerender(<FriendsHere onAdd={() => {}} />))
  expect(screen.getByRole("button", { name: "addFirst" })).toBeDefined()
})
