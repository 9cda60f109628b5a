import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { PeoplePanel } from "./people-panel.tsx"

const person = (id: string, displayName: string) => ({ user: { id, displayName }, roleIds: [], joinedAt: 0 })
const { found, here, many } = vi.hoisted(() => ({
  found: vi.fn(),
  here: new Map<string, string>(),
  many: { rows: new Map(), groups: [{ key: "online", count: 60 }], total: 60 },
}))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({ number: String, about: String }) }))
vi.mock("../gateway/index.ts", () => ({
  useConnection: () => ({ status: "online" }),
  usePresence: (id: string) => here.get(id),
}))
vi.mock("../gateway/use-members.ts", () => ({
  useMembers: () => ({ ...many, loading: false, failed: false, again() {} }),
}))
vi.mock("../presence/person-face.tsx", () => ({ PersonFace: () => null }))
vi.mock("../status/status-line.tsx", () => ({ StatusLine: () => null }))
vi.mock("../shell/complaint.tsx", () => ({ Complaint: () => null }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../shell/place.ts", () => ({ useGuild: () => ({ roles: [] }) }))
vi.mock("../shell/panes-context.ts", () => ({ usePanes: () => ({ setPeople() {} }) }))
vi.mock("../trpc/client.ts", () => ({ trpc: { member: { list: { query: found } } } }))
vi.mock("./people-list.tsx", () => ({ PeopleList: () => <p>everybody</p> }))
afterEach(cleanup)

it("nobody who was found in one server is shown in the next", async () => {
  found.mockImplementation(async ({ guildId }: { guildId: string }) => ({
    items: [person(`${guildId}0`, `Ada of ${guildId}`)],
    next: null,
  }))
  const { rerender } = render(<PeoplePanel guildId="1" />)
  fireEvent.change(await screen.findByRole("textbox", { name: "find" }, { timeout: 20_000 }), {
    target: { value: "ada" },
  })
  await screen.findByText("Ada of 1", undefined, { timeout: 20_000 })
  rerender(<PeoplePanel guildId="2" />)
  expect(screen.queryByText("Ada of 1")).toBeNull()
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "find" }).value).toBe("")
  expect(screen.getByText("everybody")).toBeDefined()
})

it("of those who were found only who is not here is shown as away", async () => {
  found.mockResolvedValue({ items: ["Ada", "Abe", "Ann"].map((name, i) => person(String(i), name)), next: null })
  here.set("0", "idle").set("1", "offline")
  render(<PeoplePanel guildId="1" />)
  fireEvent.change(await screen.findByRole("textbox", { name: "find" }, { timeout: 20_000 }), {
    target: { value: "a" },
  })
  await screen.findByText("Ada", undefined, { timeout: 20_000 })
  const away = screen.getAllByRole("button").filter((button) => button.classList.contains("away"))
  expect(away.map((button) => button.textContent)).toEqual(["Abe"])
})
