import { inLanes } from "@hearth/testing/in-lanes"
import { Api, newEmail, PASSWORD } from "../../e2e/support/api.ts"
import { StrangerClient } from "../../e2e/support/gateway-client.ts"
import { type Hearth, startHearth } from "../../e2e/support/hearth.ts"

/** Places to measure in, filled through the services and the gateway that people use. */
export interface Stage extends AsyncDisposable {
  url: string
  /** The address of its PostgreSQL: for what services would take too long to make. */
  database: string
  /** Of the reader: owns nothing, is a member everywhere. */
  reader: Api
  /** Says something in a channel, as somebody else. */
  say(channelId: string, content: string): Promise<void>
  invite: string
  guildId: string
  /** 500 channels; the first ones have messages. */
  channels: { id: string; name: string }[]
  /** The one with the long history. */
  long: { id: string; name: string }
}

interface Snapshot {
  guild: { id: string }
  channels: { id: string; name: string }[]
}

/** As people write: mostly short, some with marks, code, links, lists. No two alike, so that each can be waited for. */
const line = (n: number): string => {
  const kinds = [
    `Message ${n}: good morning, who is around?`,
    `Message ${n}: I think so, too.\nLet us try it on Thursday, and see how it goes.`,
    `Message ${n}: that is **really** good, *mostly*, and ~~not~~ done. See https://example.org/${n}`,
    `Message ${n}: ok`,
    `Message ${n}: a longer one, about how the day went and what came of it, since somebody asked and there was time to write it down. It goes on for a second sentence, as such messages do.`,
    `Message ${n}:\n- first this\n- then that\n- \`and\` so on`,
    `Message ${n}: 🔥`,
    `Message ${n}:\n\`\`\`ts\nconst answer = ${n}\nconsole.log(answer)\n\`\`\``,
  ]
  return kinds[n % 13 < kinds.length ? n % 13 : 0] ?? ""
}

const AT_ONCE = 32

const fill = (count: number, say: (n: number) => Promise<unknown>): Promise<unknown> =>
  inLanes(
    Array.from({ length: count }, (_, i) => i + 1),
    AT_ONCE,
    say,
  )

const account = async (hearth: Hearth, displayName: string): Promise<Api> => {
  const [email, api] = [newEmail("bench"), new Api(hearth.url)]
  await api.mutate("account.register", { email, password: PASSWORD, displayName })
  await api.signIn(email, PASSWORD)
  return api
}

export interface Size {
  messages: number
  channels: number
  /** How many channels have a page of messages, for switching. */
  filled: number
}

export const setStage = async (size: Size, progress: (line: string) => void): Promise<Stage> => {
  const hearth = await startHearth("embedded")
  try {
    const admin = { email: "admin@example.org", displayName: "Ada", password: PASSWORD }
    await new Api(hearth.url).mutate("setup.create", { code: hearth.setupCode, instanceName: "Bench", ...admin })
    const owner = new Api(hearth.url)
    await owner.signIn(admin.email, PASSWORD)
    const { guild, channels } = await owner.mutate<Snapshot>("guild.create", { name: "The Workshop" })
    const guildId = guild.id
    progress(`making ${size.channels} channels`)
    for (let n = channels.length; n < size.channels; n++)
      channels.push(await owner.mutate<Snapshot["channels"][number]>("channel.create", { guildId, name: `room-${n}` }))
    const { code } = await owner.mutate<{ code: string }>("invite.create", {
      guildId,
      maxUses: null,
      expiresInMs: null,
    })
    const reader = await account(hearth, "Robin")
    await reader.mutate("invite.join", { code })

    const people = [owner]
    for (const name of ["Bo", "Cleo", "Dara"]) {
      const person = await account(hearth, name)
      await person.mutate("invite.join", { code })
      people.push(person)
    }
    const writers = await Promise.all(
      people.map(async (person) => {
        const writer = await StrangerClient.connect(person)
        await writer.event("gateway:ready")
        return writer
      }),
    )
    const send = async (channelId: string, n: number, content: string) => {
      const ack = await writers[Math.floor(n / 3) % writers.length]?.send(channelId, content)
      if (!ack?.ok) throw new Error(`a message was not taken: ${JSON.stringify(ack)}`)
    }
    const [long, ...rest] = channels
    if (!long) throw new Error("the server has no channel")
    progress(`writing ${size.messages} messages`)
    // Highlighting comes with the first code that is on screen: what is measured at the end of the channel has none.
    await fill(size.messages, (n) => send(long.id, n, line(n > size.messages - 200 && n % 13 === 7 ? 1 : n)))
    for (const [i, channel] of rest.slice(0, size.filled).entries())
      await fill(60, (n) => send(channel.id, n, line(n + i)))
    let said = 0
    return {
      url: hearth.url,
      database: hearth.database(),
      reader,
      say: (channelId, content) => send(channelId, said++, content),
      invite: `/invite/${code}`,
      guildId,
      channels,
      long,
      [Symbol.asyncDispose]: async () => {
        for (const writer of writers) writer.close()
        await hearth.stop()
      },
    }
  } catch (error) {
    await hearth.stop()
    throw error
  }
}
