"use client"
import { ArrowLeftIcon, Keys } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { usePathname, useRouter } from "next/navigation"
import { type ReactNode, useEffect, useRef } from "react"
import { isCovered } from "../shell/escape.ts"
import { Link } from "../shell/link.tsx"
import { useListKeys } from "../shell/use-list-keys.ts"

export interface SettingsLink {
  href: string
  label: string
  icon: ReactNode
}

interface Props {
  /** Whose settings: the server's name, or yours. */
  title: string
  links: readonly SettingsLink[]
  back: { href: string; label: string }
  /** Explains what the page is about; only where there is room. */
  why: ReactNode
  children: ReactNode
}

/** A full page with a clear way back, by Esc too. */
export const SettingsPage = ({ title, links, back, why, children }: Props) => {
  const t = useTranslations("settings")
  const path = usePathname()
  const router = useRouter()
  const listKeys = useListKeys()
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return
      // What floats above the page takes Esc for itself; a field that is being written in gives up its focus first.
      if (isCovered()) return
      const active = document.activeElement
      if (active instanceof HTMLElement && active.matches("textarea, input:not([type=checkbox], [type=radio])"))
        active.blur()
      else router.push(back.href)
    }
    window.addEventListener("keydown", leave)
    return () => window.removeEventListener("keydown", leave)
  }, [router, back.href])
  // On a phone they lie in one line, which may be longer than the screen.
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" })
  }, [path])
  return (
    <div className="set">
      <nav ref={nav} className="list" aria-label={t("nav")} {...listKeys}>
        <Link className="back" href={back.href}>
          <ArrowLeftIcon className="i s along" aria-hidden="true" />
          <span className="clip">{back.label}</span>
          <Keys>Esc</Keys>
        </Link>
        <p className="title">{title}</p>
        <ul>
          {links.map((link) => {
            const here = path === link.href || path.startsWith(`${link.href}/`)
            return (
              <li key={link.href}>
                <Link
                  className={here ? "ch here" : "ch"}
                  href={link.href}
                  aria-current={here ? "page" : undefined}
                  replace
                >
                  {link.icon}
                  <span className="clip">{link.label}</span>
                </Link>
              </li>
            )
          })}
        </ul>
      </nav>
      <main className="room">{children}</main>
      <aside className="people why" aria-label={t("explanation")}>
        {why}
      </aside>
    </div>
  )
}

/** One page of settings: its title, a line about it, sections. */
export const SettingsSheet = ({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) => (
  <div className="sheet">
    <header>
      <h1>{title}</h1>
      {lead && <p>{lead}</p>}
    </header>
    {children}
  </div>
)
