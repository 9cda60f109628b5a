import {
  ChannelName,
  ChannelTopic,
  DisplayName,
  Email,
  Emoji,
  GuildName,
  Nonce,
  Portrait,
  RoleName,
  SendMessage,
} from "@hearth/core"
import { describe, expect, it } from "vitest"
import { castOf, DEMO_NAME, type Person } from "./cast.ts"
import { historyOf } from "./history.ts"
import { guildPlans } from "./places.ts"

const to = Date.parse("2026-11-08T19:30:00Z")
const from = to - 730 * 86_400_000
const cast = castOf("test", 1200)
const mention = (person: Person) => `<@${1000 + person.index}>`
const channels = guildPlans.flatMap((guild) => guild.channels.map((channel) => ({ guild, channel })))
const historyIn = ({ guild, channel }: (typeof channels)[number], count = 400, seed = "test") => {
  const talkers = cast.slice(guild.from, guild.from + guild.talkers)
  return historyOf({ seed, channel, count, talkers, from, to, mention })
}

describe("the cast", () => {
  it("is the same for a seed, and another for another", () => {
    expect(castOf("test", 300)).toEqual(cast.slice(0, 300))
    expect(castOf("other", 50).map((p) => p.name)).not.toEqual(cast.slice(0, 50).map((p) => p.name))
  })

  it("has nobody of the name of whom one signs in as", () => {
    // These are the demo's own: by chance alone one of them would be called so.
    expect(castOf("larkfield", 150).map((p) => p.name)).not.toContain(DEMO_NAME)
  })

  it("is made of people whom a Hearth would let in, each with a name and an address of their own", () => {
    for (const { name, email, portrait } of cast) {
      expect(DisplayName.parse(name)).toBe(name)
      expect(Email.parse(email)).toBe(email)
      if (portrait !== undefined) expect(Portrait.parse(portrait)).toBe(portrait)
    }
    for (const key of ["name", "email"] as const) expect(new Set(cast.map((p) => p[key])).size).toBe(cast.length)
    const faces = cast.flatMap(({ portrait }) => portrait ?? [])
    expect(new Set(faces).size).toBe(faces.length)
    // Who talks has a face; some of the others have a tone and initials.
    expect(cast.slice(0, 250).every((p) => p.portrait)).toBe(true)
    expect(faces.length).toBeLessThan(cast.length * 0.85)
    expect(cast.filter((p) => /[\u0590-\u06ff]/.test(p.name)).length).toBeGreaterThan(1)
  })
})

describe("the places", () => {
  it("have names and topics as people may give them", () => {
    for (const { name, roles } of guildPlans) {
      expect(GuildName.parse(name)).toBe(name)
      for (const role of roles) expect(RoleName.parse(role.name)).toBe(role.name)
    }
    for (const { channel } of channels) {
      expect(ChannelName.parse(channel.name)).toBe(channel.name)
      expect(ChannelTopic.parse(channel.topic)).toBe(channel.topic)
    }
    expect(guildPlans[0]?.channels).toHaveLength(20)
  })
})

describe.each(channels.map((c) => [`${c.guild.name} #${c.channel.name}`, c] as const))("%s", (_, place) => {
  const history = historyIn(place)

  it("says the same for a seed, as many messages as were asked for", () => {
    expect(history).toHaveLength(400)
    expect(historyIn(place)).toEqual(history)
    expect(historyIn(place, 400, "other")).not.toEqual(history)
  })

  it("is what people could have sent, in order, in the past, and answers only what stands above", () => {
    let before = from
    history.forEach(({ at, content, replyTo, reactions, author }, i) => {
      const sent = { channelId: "1", content, nonce: `demo-history-${i}-xx`, ...(replyTo !== null && { replyTo }) }
      expect(SendMessage.parse(sent)).toEqual(sent)
      expect(Nonce.safeParse(sent.nonce).success).toBe(true)
      expect(content).not.toMatch(/\$\[|~~~|´|undefined/)
      // A brace that is left over outside of code was meant to be something.
      expect(content.replace(/```[\s\S]*?```|`[^`]*`/g, "")).not.toMatch(/[{}]/)
      expect(at).toBeGreaterThanOrEqual(before)
      before = at
      if (replyTo !== null) expect(replyTo).toBeLessThan(i + 1)
      expect(reactions.length).toBeLessThanOrEqual(20)
      for (const { emoji, people } of reactions) {
        expect(Emoji.parse(emoji)).toBe(emoji)
        expect(new Set(people).size).toBe(people.length)
        expect(people).not.toContain(author)
      }
    })
    expect(before).toBeLessThan(to)
  })
})

describe("a lively channel", () => {
  const place = channels.find(({ channel }) => channel.name === "tea-and-cake")
  if (!place) throw new Error("no tea")
  const history = historyIn(place, 4000)

  it("is lively in the evening and asleep at night, and grows over the years", () => {
    const hours = Array.from({ length: 24 }, () => 0)
    for (const { at } of history) hours[new Date(at).getHours()]! += 1
    expect(hours[19]! + hours[20]! + hours[21]!).toBeGreaterThan(4 * (hours[2]! + hours[3]! + hours[4]!))
    const half = history.filter((m) => m.at < (from + to) / 2).length
    expect(half).toBeLessThan(history.length * 0.42)
    expect(history.filter((m) => m.at > to - 10 * 3_600_000).length).toBeGreaterThan(10)
  })

  it("mixes threads, answers, reactions, lists, lone emoji, and many who speak, some more than others", () => {
    const share = (test: (m: (typeof history)[number]) => boolean) => history.filter(test).length / history.length
    expect(share((m) => m.replyTo !== null)).toBeGreaterThan(0.04)
    expect(share((m) => m.reactions.length > 0)).toBeGreaterThan(0.08)
    expect(share((m) => /^\p{RGI_Emoji}+$/v.test(m.content))).toBeGreaterThan(0.001)
    expect(share((m) => /^1\. /m.test(m.content))).toBeGreaterThan(0.005)
    const byAuthor = new Map<Person, number>()
    for (const { author } of history) byAuthor.set(author, (byAuthor.get(author) ?? 0) + 1)
    expect(byAuthor.size).toBeGreaterThan(40)
    expect(Math.max(...byAuthor.values())).toBeGreaterThan((3 * history.length) / byAuthor.size)
  })

  it("does not say the same thing twice on a screen", () => {
    for (let i = 0; i + 30 < history.length; i += 15) {
      const long = history.slice(i, i + 30).flatMap((m) => (m.content.length > 60 ? [m.content] : []))
      expect(new Set(long).size).toBe(long.length)
    }
  })
})

it("a language is spoken by people whose names are of it", () => {
  const place = channels.find(({ channel }) => channel.name === "many-tongues")
  if (!place) throw new Error("no tongues")
  const history = historyIn(place, 600)
  const speakersOf = (pattern: RegExp) => history.filter((m) => pattern.test(m.content)).map((m) => m.author.name)
  for (const name of speakersOf(/[\uac00-\ud7af]{2}/)) expect(name).toMatch(/Park|Kim|Choi|김/)
  for (const name of speakersOf(/[\u3040-\u30ff]{2}/)) expect(name).toMatch(/Sato|Tanaka|Mori|Ito|Hayashi|佐藤/)
  expect(speakersOf(/[\u0600-\u06ff]{2}/).length).toBeGreaterThan(10)
})

describe("all channels together", () => {
  it("speak several languages, from right to left, too, and code, links and quotes", () => {
    const all = channels.flatMap((place) => historyIn(place, 120).map((m) => m.content))
    for (const [what, pattern] of [
      ["Arabic", /[\u0600-\u06ff]{3}/],
      ["Hebrew", /[\u0590-\u05ff]{3}/],
      ["Japanese", /[\u3040-\u30ff]{3}/],
      ["code", /```[a-z]+\n/],
      ["links", /https:\/\//],
      ["quotes", /^> /m],
      ["spoilers", /\|\|.+\|\|/],
      ["mentions", /<@\d+>/],
      ["bold", /\*\*.+\*\*/],
    ] as const)
      expect(
        all.some((text) => pattern.test(text)),
        what,
      ).toBe(true)
  })
})
