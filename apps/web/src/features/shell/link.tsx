"use client"
import { useRouter } from "next/navigation"
import type { ComponentProps, MouseEvent } from "react"

type Props = Omit<ComponentProps<"a">, "href"> & {
  href: string
  /** Takes the place of this one in the history. */
  replace?: boolean
  /** Goes there by itself: nothing is asked of the server, ahead of time neither. */
  onNavigate?: () => void
}

/** Where the browser is to do what it does with any link: a new tab, a download, another window. */
const isForBrowser = ({ button, metaKey, ctrlKey, shiftKey, altKey, currentTarget }: MouseEvent<HTMLAnchorElement>) =>
  button !== 0 ||
  metaKey ||
  ctrlKey ||
  shiftKey ||
  altKey ||
  (currentTarget.target !== "" && currentTarget.target !== "_self")

/** A link to a page of this app, which opens without loading everything anew. Its page is prepared when one is about to press. */
export const Link = ({
  href,
  replace = false,
  onNavigate,
  onClick,
  onPointerEnter,
  onFocus,
  children,
  ...props
}: Props) => {
  const router = useRouter()
  const prepare = () => {
    if (!onNavigate) router.prefetch(href)
  }
  return (
    <a
      {...props}
      href={href}
      onPointerEnter={(event) => {
        onPointerEnter?.(event)
        prepare()
      }}
      onFocus={(event) => {
        onFocus?.(event)
        prepare()
      }}
      onClick={(event) => {
        onClick?.(event)
        if (event.defaultPrevented || isForBrowser(event)) return
        event.preventDefault()
        if (onNavigate) onNavigate()
        else if (replace) router.replace(href)
        else router.push(href)
      }}
    >
      {children}
    </a>
  )
}
