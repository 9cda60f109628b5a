import type { Bootstrap, Profile } from "@hearth/core"
import { cleanup, render, screen } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, expect, it, vi } from "vitest"
import { ProfilePopover } from "./profile-popover.tsx"

const held = vi.hoisted(() => ({ me: "1" }))
const bob = { id: "2", displayName: "Bob" }
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("@hearth/ui/popover", () => ({ PopoverPopup: ({ children }: { children: ReactNode }) => children }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({ list: String }) }))
vi.mock("../conversation/open-conversation.ts", () => ({ useOpenConversation: () => () => {} }))
vi.mock("../friend/friend-button.tsx", () => ({
  FriendButton: ({ userId, name }: { userId: string; name: string }) => (
    <button type="button">{`${userId} ${name}`}</button>
  ),
}))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) => select({ guilds: [] } as unknown as Bootstrap),
  usePresence: () => "online",
}))
vi.mock("../message/services.tsx", () => ({ useUser: (id: string) => ({ user: bob, isMe: id === held.me }) }))
vi.mock("../presence/last-active.tsx", () => ({ LastActive: () => null }))
vi.mock("../presence/person-face.tsx", () => ({ PersonFace: () => null }))
vi.mock("../shell/place.ts", () => ({ useGuild: () => undefined }))
vi.mock("../status/status-line.tsx", () => ({ StatusLine: () => null }))
vi.mock("./note.tsx", () => ({ Note: () => null }))
vi.mock("./use-profile.ts", () => ({
  useProfile: () => ({ profile: { user: bob, guildIds: [], note: "" } as unknown as Profile, error: null, again() {} }),
}))
afterEach(cleanup)

const show = () => render(<ProfilePopover userId="2" anchor={document.body} open onOpenChange={() => {}} />)

it("offers to write to somebody and to be friends, and neither to oneself", () => {
  held.me = "1"
  const { unmount } = show()
  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["message", "2 Bob"])
  unmount()
  held.me = "2"
  show()
  expect(screen.queryByRole("button")).toBeNull()
})
