import asksIcon from "./icon-asks.svg"

const { src }: { src: string } = asksIcon
let quiet: string | null = null

/** The tab's icon has a dot while something asks for the reader. */
export const showAsksInTab = (asks: boolean): void => {
  for (const icon of document.head.querySelectorAll('link[rel="icon"]')) {
    const now = icon.getAttribute("href")
    if (now !== src) quiet = now
    const wanted = asks ? src : quiet
    if (wanted !== null && wanted !== now) icon.setAttribute("href", wanted)
  }
}
