import type { Presence, UserCard } from "@hearth/core"

interface Somebody extends UserCard {
  presence: Presence
}

const somebody = (id: number, displayName: string, presence: Presence): Somebody => ({
  id: String(1000 + id),
  displayName,
  presence,
})

/** Made up, all of them. The ids are fixed: a face's tone comes from the id. */
export const people = [
  somebody(1, "Maren Lindqvist", "online"),
  somebody(2, "Ngozi Okafor", "online"),
  somebody(3, "Wiremu Parata", "online"),
  somebody(4, "Ingrid Haugen", "idle"),
  somebody(5, "Tomás Ferreira", "dnd"),
  somebody(6, "Hana Sato", "online"),
  somebody(7, "Ayşe Demir", "online"),
  somebody(8, "Park Ji-ho", "idle"),
  somebody(9, "Nguyễn Minh Thư", "offline"),
  somebody(10, "Leila Haddad", "offline"),
  somebody(11, "Zoë Wilhelmina van Dijk-Oudekerk ten Brinke, keeper of the big dome", "online"),
  somebody(12, "رحمة حداد", "online"),
] as const

export const byName = (start: string): Somebody => {
  const found = people.find((p) => p.displayName.startsWith(start))
  if (!found) throw new Error(`nobody in the gallery is called ${start}`)
  return found
}

export const me = byName("Maren")
/** As `Face` and `Faces` take people. */
export const faces = people.map(({ id, displayName }) => ({ id, name: displayName }))
