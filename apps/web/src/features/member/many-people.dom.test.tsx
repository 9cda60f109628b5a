import type { MemberGroup, MemberRow } from "@hearth/core"
import { act, cleanup, render, screen } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, expect, it, vi } from "vitest"
import { ManyPeople } from "./many-people.tsx"

/** Which lines are near the screen. */
const near = vi.hoisted(() => ({ lines: [0, 1, 2, 3] }))
vi.mock("./people-list.tsx", () => ({
  PeopleList: ({ held, line }: { held: number; line: (at: number, isAway: boolean) => ReactNode }) => (
    <div role="list">
      {[...(held >= 0 && !near.lines.includes(held) ? [held] : []), ...near.lines].map((at) =>
        line(at, !near.lines.includes(at)),
      )}
    </div>
  ),
}))
vi.mock("./people-search.tsx", () => ({}))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../gateway/index.ts", () => ({}))
vi.mock("../gateway/use-members.ts", () => ({}))
vi.mock("../presence/person-face.tsx", () => ({ PersonFace: () => null }))
vi.mock("../status/status-line.tsx", () => ({ StatusLine: () => null }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../shell/place.ts", () => ({}))
vi.mock("../shell/shell.tsx", () => ({}))
afterEach(cleanup)

const rowsOf = (ranks: readonly number[]) =>
  new Map(
    ranks.map((i): [number, MemberRow] => [
      i,
      { user: { id: `${i}`, displayName: `member ${i}` }, roleIds: [], joinedAt: 0 },
    ]),
  )
const draw = (groups: MemberGroup[], ranks: readonly number[]) => (
  <ManyPeople
    guildId="1"
    groups={groups}
    total={60}
    rows={rowsOf(ranks)}
    label="by group"
    group={({ key }) => <h2>{key}</h2>}
    onRanges={() => {}}
  />
)

it("who has the focus far from the screen keeps it, though a group begins where their line was", () => {
  const { rerender } = render(draw([{ key: "online", count: 60 }], [0, 1, 2]))
  const person = screen.getByRole("button", { name: "member 1" })
  act(() => person.focus())
  near.lines = [40, 41]
  rerender(draw([{ key: "online", count: 60 }], [39, 40]))
  expect(document.activeElement).toBe(person)
  const groups = [
    { key: "7", count: 1 },
    { key: "online", count: 59 },
  ]
  rerender(draw(groups, [38, 39]))
  expect(document.activeElement).toBe(person)
  expect(screen.getAllByRole("listitem").map((line) => [line.textContent, line.className])).toEqual([
    ["member 1", "held"],
    ["member 38", ""],
    ["member 39", ""],
  ])
})
