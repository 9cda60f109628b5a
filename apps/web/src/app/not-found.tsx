import type { Metadata } from "next"
import { buttonClass } from "@hearth/ui"
import Link from "next/link"
import { Wall } from "../features/account/wall.tsx"

export const metadata: Metadata = { title: "Nothing at this address" }

const NotFound = () => (
  <Wall
    light="none"
    title="There is no room here"
    lead="The link may be old, or it leads to a channel that you are not in."
  >
    <Link className={buttonClass({ size: "big", wide: true })} href="/">
      Go to the start
    </Link>
  </Wall>
)

export default NotFound
