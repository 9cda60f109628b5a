import { notFound } from "next/navigation"
import { Gallery } from "../../features/gallery/gallery.tsx"
import { SomeTexts } from "../../i18n/some-texts.tsx"
import { env } from "../../server/env.ts"

const texts = [
  "act",
  "catchUp",
  "channel",
  "common",
  "compose",
  "conversation",
  "draft",
  "emoji",
  "errors",
  "friend",
  "guild",
  "invite",
  "later",
  "member",
  "message",
  "poll",
  "profile",
  "receipt",
  "report",
  "schedule",
  "settings",
  "shell",
  "status",
  "thread",
] as const

/** Every component in every state. Nothing in it is real, and it is only there where HEARTH_GALLERY is 1. */
const GalleryPage = () => {
  if (!env().HEARTH_GALLERY) notFound()
  return (
    <SomeTexts of={texts}>
      <Gallery />
    </SomeTexts>
  )
}

export default GalleryPage
