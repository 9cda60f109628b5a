import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { OtherDraft } from "../draft/beside.tsx"
import { ScheduleDialog } from "./schedule-dialog.tsx"
import { SendLater } from "./send-later.tsx"

vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({ clock: () => "" }) }))
vi.mock("../message/services.tsx", () => ({
  useServices: () => ({ draftSync: { get: () => ({ resolve: () => {} }) } }),
  useNameOf: () => () => undefined,
}))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../trpc/index.ts", () => ({}))
vi.mock("../trpc/client.ts", () => ({}))
vi.mock("./use-schedule.ts", () => ({ useSchedule: () => () => {} }))
vi.mock("@hearth/ui", async (actual) => ({
  ...(await actual<object>()),
  useToast: () => ({}),
  Menu: ({ children }: { children: React.ReactNode }) => children,
  MenuItem: ({ children, onSelect }: { children: React.ReactNode; onSelect: () => void }) => (
    <button onClick={onSelect}>{children}</button>
  ),
  MenuLink: () => null,
  Dialog: ({ finalFocus }: { finalFocus: () => HTMLElement }) => (
    <button onClick={() => finalFocus().focus()}>close</button>
  ),
}))
afterEach(cleanup)

const inThread = (children: React.ReactNode, field?: React.Ref<HTMLTextAreaElement>) => {
  render(
    <>
      <div data-composer="7">
        <textarea />
      </div>
      <div data-composer="70">
        <textarea ref={field} aria-label="Reply" />
        {children}
      </div>
    </>,
  )
}
const goesOnInThread = (pressed: string) => {
  fireEvent.click(screen.getByRole("button", { name: pressed }))
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Reply" }))
}

it("whoever leaves a reply for later goes on in the thread, not in the channel", () => {
  const field = { current: null }
  inThread(<SendLater channelId="70" field={field} shown />, field)
  goesOnInThread("inAnHour")
})

it("so does who chose the moment in the dialog", () => {
  inThread(<ScheduleDialog channelId="70" open onOpenChange={() => {}} />)
  goesOnInThread("close")
})

it("and who took what another device wrote", () => {
  inThread(<OtherDraft channelId="70" other={{ text: "hello", names: [], replyTo: null, version: 1 }} />)
  goesOnInThread("use")
})
