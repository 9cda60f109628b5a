import type { OwnRules } from "@hearth/core"
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { PrivacySettings } from "./privacy-settings.tsx"

const rule = vi.hoisted(() => ({ query: vi.fn<() => Promise<object>>(), mutate: vi.fn() }))
const gateway = vi.hoisted(() => {
  const handlers = new Map<string, (payload: object) => void>()
  const tell = (event: string) => (payload: object) => handlers.get(event)?.(payload)
  return { handlers, hear: tell("rules:updated") as (rules: OwnRules) => void, ready: tell("gateway:ready") }
})
vi.mock("../gateway/index.ts", () => ({
  useGatewayEvent: (event: string, handler: (payload: object) => void) => void gateway.handlers.set(event, handler),
}))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../settings/settings-page.tsx", () => ({ SettingsSheet: ({ children }: { children: unknown }) => children }))
vi.mock("../shell/complaint.tsx", () => ({
  Complaint: ({ error, retry }: { error: unknown; retry: () => void }) =>
    error ? (
      <button type="button" onClick={retry}>
        again
      </button>
    ) : null,
}))
vi.mock("../trpc/index.ts", () => {
  const rules = { rules: { query: rule.query }, setRules: { mutate: rule.mutate } }
  return {
    toAppError: (error: unknown) => error,
    trpc: { conversation: rules, friend: rules, receipt: rules, lastActive: rules },
  }
})
vi.mock("./use-answer.ts", () => ({ useAnswer: () => (work: Promise<unknown>) => work.then(() => true) }))
vi.mock("./blocked-people.tsx", () => ({ BlockedPeople: () => null }))
vi.mock("./own-code.tsx", () => ({ OwnCode: () => null }))
afterEach(() => {
  cleanup()
  rule.query.mockReset()
})

const switches = () => screen.getAllByRole<HTMLInputElement>("switch").map((s) => [s.checked, s.disabled])

it("shows no rule as on that it does not know, and complains once of all", async () => {
  rule.query.mockRejectedValue(new Error("away"))
  render(<PrivacySettings />)
  const unknown = [false, true]
  expect(switches()).toEqual([unknown, unknown, unknown, unknown])
  const again = await screen.findByRole("button", { name: "again" })
  await waitFor(() => expect(rule.query).toHaveBeenCalledTimes(4))
  expect(switches()).toEqual([unknown, unknown, unknown, unknown])
  rule.query.mockResolvedValue({ asksFirst: true, open: true, shown: true })
  fireEvent.click(again)
  const on = [true, false]
  await waitFor(() => expect(switches()).toEqual([on, on, on, on]))
  expect(screen.queryByRole("button", { name: "again" })).toBeNull()
  expect(rule.query).toHaveBeenCalledTimes(8)
})

it("shows how another device set each rule, at once", async () => {
  rule.query.mockResolvedValue({ asksFirst: true, open: true, shown: true })
  render(<PrivacySettings />)
  const shown = () => switches().map(([checked]) => checked)
  await waitFor(() => expect(shown()).toEqual([true, true, true, true]))
  act(() => gateway.hear({ receipts: false }))
  expect(shown()).toEqual([true, true, false, true])
  act(() => gateway.hear({ asksFirst: false, lastActive: false }))
  expect(shown()).toEqual([false, true, false, false])
  act(() => gateway.hear({ open: false, receipts: true }))
  expect(shown()).toEqual([false, false, true, false])
  expect(rule.mutate).not.toHaveBeenCalled()
})

it("asks again after a gap of which nothing was told, and only then", async () => {
  rule.query.mockResolvedValue({ asksFirst: true, open: true, shown: true })
  render(<PrivacySettings />)
  const off = [false, false]
  await waitFor(() => expect(switches().map(([checked]) => checked)).toEqual([true, true, true, true]))
  rule.query.mockResolvedValue({ asksFirst: false, open: false, shown: false })
  act(() => gateway.ready({ reset: false }))
  expect(rule.query).toHaveBeenCalledTimes(4)
  act(() => gateway.ready({ reset: true }))
  await waitFor(() => expect(switches()).toEqual([off, off, off, off]))
  expect(rule.query).toHaveBeenCalledTimes(8)
})
