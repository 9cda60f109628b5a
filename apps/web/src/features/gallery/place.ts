import { ALL_PERMISSIONS, type Bootstrap, type Channel, type GuildSnapshot } from "@hearth/core"
import { me } from "./people.ts"

export const GUILD = "5000"
/** The list of the channel that is open in the gallery's rooms. */
export const OPEN = "6001"
export const EMPTY = "6002"

const channel = (id: string, position: number, name: string, topic = ""): Channel => ({
  id,
  guildId: GUILD,
  name,
  topic,
  position,
  overwrites: [],
})

export const channels = {
  open: channel(OPEN, 0, "mirror-lab", "Grinding, figuring and testing the 40 cm. Wash your hands between grits."),
  empty: channel(
    EMPTY,
    1,
    "dome-automation",
    "For the motor, the rain sensor and everything that should open by itself.",
  ),
  read: channel("6003", 2, "firmware"),
  unread: channel("6004", 3, "electronics"),
  long: channel("6005", 4, "observing-reports-from-the-northern-hill"),
  rightToLeft: channel("6006", 5, "أخبار-المرصد"),
}

export const guild: GuildSnapshot = {
  guild: { id: GUILD, name: "Larkfield Observatory", ownerId: me.id },
  roles: [
    { id: GUILD, guildId: GUILD, name: "everyone", position: 0, permissions: String(ALL_PERMISSIONS), hoisted: false },
    { id: "5001", guildId: GUILD, name: "Keepers", position: 2, permissions: "0", hoisted: true },
  ],
  channels: Object.values(channels),
  myRoleIds: [],
}

const quiet = (id: string, name: string): GuildSnapshot => ({
  guild: { id, name, ownerId: me.id },
  roles: [],
  channels: [],
  myRoleIds: [],
})

export const bootstrap: Bootstrap = {
  pos: "1",
  instance: { name: "Hearth", version: "0" },
  me: { id: me.id, displayName: me.displayName, email: "maren@example.org", isInstanceAdmin: false },
  guilds: [guild, quiet("5100", "Kayak club"), quiet("5200", "Mendhaus")],
  readStates: [],
  heads: Object.fromEntries(guild.channels.map((c) => [c.id, c.id === channels.unread.id ? 4 : 0])),
}
