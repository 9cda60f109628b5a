import type { UserCard } from "@hearth/core"

const somebody = (id: number, displayName: string): UserCard => ({ id: String(1000 + id), displayName })

/** Made up, all of them. Ids are fixed, since a face's tone comes from the id. */
export const people = {
  maren: somebody(1, "Maren Lindqvist"),
  ngozi: somebody(2, "Ngozi Okafor"),
  wiremu: somebody(3, "Wiremu Parata"),
  ingrid: somebody(4, "Ingrid Haugen"),
  tomas: somebody(5, "Tomás Ferreira"),
  hana: somebody(6, "Hana Sato"),
  ayse: somebody(7, "Ayşe Demir"),
  jiho: somebody(8, "Park Ji-ho"),
  thu: somebody(9, "Nguyễn Minh Thư"),
  leila: somebody(10, "Leila Haddad"),
  zoe: somebody(11, "Zoë Wilhelmina van Dijk-Oudekerk ten Brinke, keeper of the big dome"),
  /** In no server yet. */
  beatriz: somebody(12, "Beatriz Lima"),
  /** Has just made a server. */
  pim: somebody(13, "Pim de Groot"),
}
export type Name = keyof typeof people

export const emailOf = (name: Name): string => `${name}@example.org`

/** Who has a connection while the pictures are taken, and what they say of themselves. */
export const online = { ngozi: "online", wiremu: "idle", tomas: "dnd", hana: "online", ayse: "online" } as const
