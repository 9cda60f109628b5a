import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import {
  AppError,
  ChannelName,
  ChannelTopic,
  Content,
  CreateInviteRequest,
  DisplayName,
  Email,
  errorCodes,
  GuildName,
  InstanceName,
  Password,
} from "@hearth/core"
import { describe, expect, it } from "vitest"
import type { z } from "zod"
import { de } from "../../messages/de/index.ts"
import { en } from "../../messages/en/index.ts"
import { readSignInError } from "../features/account/sign-in.ts"
import { toAppError } from "../features/trpc/client.ts"
import { sentenceKey } from "./error-text.ts"

const ROOT = join(import.meta.dirname, "../../../..")
const known = (sentence: string) => Object.hasOwn(en.errors.sentences, sentenceKey(sentence).key)

/** For programmers and operators: whoever meets one of these in the app reads what its code means. */
const notForReaders = [
  "A nonce has 16 to 36 letters, digits, - or _.",
  "A request carries application/json.",
  "Another message was already sent under this nonce.",
  "It failed.",
  "Only administrators of this Hearth may do that.",
  "Only one of before, after and around.",
  "That is not a place in this list.",
  "That is not an id.",
  "That is not how a connection is opened.",
  "The message store lost a draft.",
  "The ticket is not valid any more.",
  "The ticket was used already, or the session has ended.",
  "There is no such command.",
  "This connection is being opened already.",
  "This request comes from another site.",
  "This server does not offer that.",
  "This server does not understand the request.",
  "Who has read is told to who may view the channel.",
]

const calls = /(?:new AppError|requirePermission|refused|\.(?:max|min|refine|regex|email|uuid))\(|(?:sentence|message):/
const pattern = new RegExp(`(?:${calls.source})[^;]*?["\`]([A-Z][^"\`\\n]*\\.)["\`]`, "g")

const sentencesInCode = (): string[] => {
  const files = globSync(["packages/{core,api,db}/src/**/*.ts", "apps/{realtime,web}/src/**/*.{ts,tsx}"], { cwd: ROOT })
  const found = files
    .filter((f) => !/\.test\.|embedded|env\.ts|redis-client|features\/gallery/.test(f))
    .flatMap((f) => [...readFileSync(join(ROOT, f), "utf8").matchAll(pattern)].map((m) => m[1] ?? ""))
  // A number stands wherever a template has a hole.
  return [...new Set(found)].map((s) => s.replace(/\$\{[^}]*\}/g, "7"))
}

describe("sentences of failures", () => {
  it("are found by their words, whatever number is in them", () => {
    expect(sentenceKey("The name has more than 1,040 characters.")).toEqual({
      key: "the-name-has-more-than-n-characters",
      n: 1040,
    })
    expect(sentenceKey("The message is empty. (content)").key).toBe("the-message-is-empty")
  })

  it("stand under the key that their words make", () => {
    for (const [key, text] of Object.entries(en.errors.sentences))
      expect(sentenceKey(text.replace("{n, number}", "7")).key).toBe(key)
  })

  it("that are written in core and on servers are in the catalog", () => {
    const all = sentencesInCode()
    expect(all.length).toBeGreaterThan(70)
    const missing = all.filter((s) => !known(s) && !notForReaders.includes(s) && !s.startsWith("Too many tries."))
    expect(missing).toEqual([])
  })

  it("that browsers make themselves are in the catalog", () => {
    const waits = ["RATE_LIMITED:1", "RATE_LIMITED:600000"]
    const made = [...waits, "WRONG_CREDENTIALS", "UNAVAILABLE", "odd"].map(readSignInError)
    for (const { message } of [...made, toAppError(new Error("odd"))]) expect(known(message), message).toBe(true)
  })

  it("that schemas say about a field are in the catalog", () => {
    const bad = ["", " ", "x".repeat(45), "x".repeat(300), "x".repeat(600), "x".repeat(20_000), "\ud800", "\u0007", 0]
    const schemas: z.ZodType[] = [DisplayName, GuildName, InstanceName, ChannelName, ChannelTopic, Email, Password]
    const said = [...schemas, Content].flatMap((schema) =>
      bad.flatMap((value) => schema.safeParse(value).error?.issues.map((i) => i.message) ?? []),
    )
    const ofInvites = [
      { guildId: "1", expiresInMs: 1, maxUses: 0 },
      { guildId: "1", expiresInMs: 1e12, maxUses: 1e6 },
    ].flatMap((i) => CreateInviteRequest.safeParse(i).error?.issues.map((issue) => issue.message) ?? [])
    const sentences = [...said, ...ofInvites].filter((s) => !s.startsWith("Invalid input"))
    expect(sentences.length).toBeGreaterThan(30)
    expect(sentences.filter((s) => !known(s))).toEqual([])
  })

  it("have a meaning for every code, in every language", () => {
    for (const code of Object.keys(errorCodes) as AppError["code"][]) {
      expect(en.errors.codes[code]).toMatch(/\.$/)
      expect(de.errors.codes[code]).toMatch(/\.$/)
    }
  })
})
