import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { Gallery } from "../../features/gallery/gallery.tsx"
import { env } from "../../server/env.ts"

export const metadata: Metadata = { title: "Gallery" }

/** Every component in every state. Nothing in it is real, and it is only there where HEARTH_GALLERY is 1. */
const GalleryPage = () => {
  if (!env().HEARTH_GALLERY) notFound()
  return <Gallery />
}

export default GalleryPage
