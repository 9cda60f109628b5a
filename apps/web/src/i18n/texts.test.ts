import type { Locale, useTranslations } from "next-intl"
import { createTranslator } from "next-intl"
import { describe, expect, it } from "vitest"
import { de } from "../../messages/de/index.ts"
import { en } from "../../messages/en/index.ts"

/** Never run: the compiler reads it, and complains of a complaint that is not needed. */
export const typed = (t: ReturnType<typeof useTranslations<"channel">>) => [
  t("create"),
  t("deleteTitle", { channel: "general" }),
  // @ts-expect-error there is no such text
  t("kreate"),
  // @ts-expect-error it needs to know which channel
  t("deleteTitle"),
  // @ts-expect-error its argument is called otherwise
  t("deleteTitle", { server: "Home" }),
]

const say = (locale: Locale, messages: unknown) => {
  const t = createTranslator({ locale, messages: messages as typeof en })
  return [
    t("invite.used", { uses: 0 }),
    t("invite.used", { uses: 1 }),
    t("invite.used", { uses: 1200 }),
    t("invite.page.members", { n: 1 }),
    t("invite.page.members", { n: 1500 }),
    t("message.typing.more", { first: "Ada", second: "Ben", rest: 1 }),
    t("message.typing.more", { first: "Ada", second: "Ben", rest: 3 }),
    t("errors.sentences.the-message-has-more-than-n-characters", { n: 4000 }),
  ]
}

describe("plurals and numbers in texts", () => {
  it("are English", () =>
    expect(say("en", en)).toEqual([
      "used 0 times",
      "used once",
      "used 1,200 times",
      "One member",
      "1,500 members",
      "Ada, Ben and 1 other are typing",
      "Ada, Ben and 3 others are typing",
      "The message has more than 4,000 characters.",
    ]))

  it("are German", () =>
    expect(say("de", de)).toEqual([
      "0-mal benutzt",
      "einmal benutzt",
      "1.200-mal benutzt",
      "Ein Mitglied",
      "1.500 Mitglieder",
      "Ada, Ben und 1 andere Person schreiben",
      "Ada, Ben und 3 andere schreiben",
      "Die Nachricht hat mehr als 4.000 Zeichen.",
    ]))
})
