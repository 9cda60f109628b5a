import { cleanup, render } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, expect, it, vi } from "vitest"
import { Markdown } from "../message/markdown/markdown.tsx"
import { StillText } from "./still-text.tsx"

vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({}) }))
vi.mock("../gateway/provider.tsx", () => ({
  useBootstrap: (select: (b: object) => unknown) =>
    select({
      guilds: [{ guild: { id: "1" }, channels: [{ id: "2", name: "garden" }], roles: [{ id: "3", name: "Cooks" }] }],
    }),
}))
vi.mock("../message/services.tsx", () => ({ useUser: () => ({ user: { displayName: "Ada" }, isMe: false }) }))
vi.mock("../shell/link.tsx", () => ({
  Link: ({ children, className }: { children: ReactNode; className: string }) => (
    <span className={className}>{children}</span>
  ),
}))
vi.mock("../shell/go.ts", () => ({ goTo: () => () => {} }))
afterEach(cleanup)

const names = { "@": "Ada", "@&": "Cooks", "#": "garden" }

/** What has a height: boxes in their order, and all that is read in them. */
const outline = (root: Element): string =>
  [
    ...root.querySelectorAll(
      "p, ul, ol, li, blockquote, pre, header, .said, .emoji-only, .unfold, .code, strong, em, del, code, .at, .link, .spoiler",
    ),
  ]
    .map((el) => `${/^(A|BUTTON)$/.test(el.tagName) ? "SPAN" : el.tagName}.${el.className} ${el.textContent}`)
    .join("\n")

it.each([
  "plain\nof two lines",
  "**a** *b* `c` ~~d~~ https://example.org/x",
  "> a quote\n> of two\n\n1. one\n2. two\n   - deep",
  "```ts\nconst a = 1\n```",
  "for <@7>, <@&3> and @everyone in <#2>",
  "what is ||hidden|| here",
  "🔥🔥",
  "a long one ".repeat(120),
])("stands as the timeline draws it: %s", (content) => {
  const still = render(<StillText content={content} nameOf={(sign) => names[sign]} />)
  const drawn = render(<Markdown content={content} />)
  expect(outline(still.container)).toBe(outline(drawn.container))
  expect(outline(still.container)).not.toBe("")
})

it("has nothing that could be pressed, and says no time that only the reader's clock knows", () => {
  const { container } = render(
    <StillText content="see https://example.org at <t:1700000000:t> ||x||" nameOf={() => ""} />,
  )
  expect(container.querySelector("a, button, [tabindex]")).toBeNull()
  expect(container.textContent).not.toMatch(/\d\d:\d\d/)
})
