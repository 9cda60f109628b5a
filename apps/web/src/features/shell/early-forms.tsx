import { headers } from "next/headers"

/**
 * Until React has come to life it hears no form, and a browser would send one by itself: every field, a password, too, in
 * the address of the next page. This keeps such a form where it is and marks it; useForm sends it once it can.
 */
const KEEP = `addEventListener("submit",e=>{if(e.defaultPrevented)return;e.preventDefault();e.target.dataset.early=""})`

/** Stands before every form that the server draws. */
export const EarlyForms = async () => (
  <script
    nonce={(await headers()).get("x-nonce") ?? undefined}
    // Browsers do not tell scripts a nonce.
    suppressHydrationWarning
    dangerouslySetInnerHTML={{ __html: KEEP }}
  />
)
