"use client"
// What stands in the place of a channel: seldom, and so not part of every page.
export { EmptyGuild } from "./empty-guild.tsx"
export { Nowhere } from "./nowhere.tsx"
export { Welcome } from "./welcome.tsx"
